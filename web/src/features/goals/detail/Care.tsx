// Closing a goal, taking it up again, or letting it go.
import { useState } from "react";
import { useLocation } from "wouter";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Notice } from "@/components/Notice";
import { Sheet } from "@/components/Sheet";
import { toast } from "@/lib/toasts";
import { type Step, useDeleteGoal, useStepGoal } from "../queries";
import type { Goal } from "../types";

const said: Record<Step, (name: string) => string> = {
  complete: (name) => `${name} is completed.`,
  archive: (name) => `${name} rests in the archive.`,
  reopen: (name) => `${name} is open again.`,
};

const failed = (error: unknown) => void toast(inWords(error));

export function Care({ goal }: { goal: Goal }) {
  const [asking, setAsking] = useState(false);
  const step = useStepGoal(goal.id);
  const back = { label: "Undo", run: () => step.mutate("reopen", { onError: failed }) };
  const take = (next: Step) =>
    step.mutate(next, {
      onSuccess: () => void toast(said[next](goal.name), next === "reopen" || goal.state !== "active" ? {} : { action: back }),
      onError: failed,
    });
  return (
    <Card title="Close or delete">
      <p className="muted">A closed goal stands still: days after that one do not count. Reopened, they do.</p>
      <div className="row">
        {goal.state === "active" && (
          <Button onClick={() => take("complete")} disabled={step.isPending}>
            Complete
          </Button>
        )}
        {goal.state !== "active" && (
          <Button onClick={() => take("reopen")} disabled={step.isPending}>
            Reopen
          </Button>
        )}
        {goal.state !== "archived" && (
          <Button onClick={() => take("archive")} disabled={step.isPending}>
            Archive
          </Button>
        )}
        <Button kind="warn" onClick={() => setAsking(true)}>
          Delete
        </Button>
      </div>
      {asking && <ConfirmDelete goal={goal} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function ConfirmDelete({ goal, onClose }: { goal: Goal; onClose: () => void }) {
  const [, navigate] = useLocation();
  const remove = useDeleteGoal(goal.id);
  const gone = () => {
    toast(`${goal.name} is deleted.`);
    navigate("/goals");
  };
  // News of the deletion may take this page away before the answer is here. A failure shows in the sheet, which hides toasts.
  const confirm = () => void remove.mutateAsync().then(gone, () => undefined);
  return (
    <Sheet title={`Delete ${goal.name}?`} onClose={onClose}>
      <p>What you added by hand goes with it, and this cannot be undone. Its habits and check-ins stay. Archiving keeps everything.</p>
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
