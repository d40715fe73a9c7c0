// Asks once more before something goes for good, says why when it does not go, and leads away when it has.
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { inWords } from "@/api/problem";
import { toast } from "@/lib/toasts";
import { Button } from "./Button";
import { Notice } from "./Notice";
import { Sheet } from "./Sheet";

type Removal = { mutateAsync: () => Promise<unknown>; error: Error | null; isPending: boolean };
type Props = { name: string; remove: Removal; home: string; onClose: () => void; children: ReactNode };

export function ConfirmDelete({ name, remove, home, onClose, children }: Props) {
  const [, navigate] = useLocation();
  const gone = () => {
    toast(`${name} is deleted.`);
    navigate(home);
  };
  // News of the deletion may take the page away before the answer is here. A failure shows in the sheet, which hides toasts.
  const confirm = () => void remove.mutateAsync().then(gone, () => undefined);
  return (
    <Sheet title={`Delete ${name}?`} onClose={onClose}>
      <p>{children}</p>
      {remove.error && (
        <Notice tone="warn" role="alert">
          {inWords(remove.error)}
        </Notice>
      )}
      <div className="row">
        <Button kind="warn" onClick={confirm} disabled={remove.isPending}>
          Delete for good
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </Sheet>
  );
}
