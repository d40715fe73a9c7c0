import { type FormEvent, useState } from "react";
import { inWords, Problem } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { TextField } from "@/components/Field";
import { Sheet } from "@/components/Sheet";
import { useDeleteAccount } from "./queries";

export function DeleteAccount() {
  const [asking, setAsking] = useState(false);
  return (
    <Card title="Delete account">
      <p className="muted">Everything goes: habits, check-ins, notes, devices and tokens.</p>
      <div>
        <Button kind="warn" onClick={() => setAsking(true)}>
          Delete my account
        </Button>
      </div>
      {asking && <Confirm onClose={() => setAsking(false)} />}
    </Card>
  );
}

const wordsFor = (error: unknown) =>
  error instanceof Problem && [401, 403].includes(error.status) ? "That password is not right." : inWords(error);

function Confirm({ onClose }: { onClose: () => void }) {
  const remove = useDeleteAccount();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    remove.mutate(String(new FormData(event.currentTarget).get("password")));
  };
  return (
    <Sheet title="Delete your account?" onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>This cannot be undone.</p>
        <TextField
          label="Your password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={remove.isError ? wordsFor(remove.error) : undefined}
        />
        <div className="row">
          <Button type="submit" kind="warn" disabled={remove.isPending}>
            Delete everything
          </Button>
          <Button onClick={onClose}>Keep my account</Button>
        </div>
      </form>
    </Sheet>
  );
}
