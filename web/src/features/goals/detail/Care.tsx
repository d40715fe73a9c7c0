// Closing a goal, taking it up again, or letting it go.
import { useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { ConfirmDelete } from "@/components/ConfirmDelete";
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
  const remove = useDeleteGoal(goal.id);
  // The way back is offered on other pages too, so the answer is not this component's to wait for.
  const back = { label: "Undo", run: () => void step.mutateAsync("reopen").catch(failed) };
  const told = (chosen: Step) =>
    toast(said[chosen](goal.name), chosen === "reopen" || goal.state !== "active" ? {} : { action: back });
  const take = (chosen: Step) => void step.mutateAsync(chosen).then(() => told(chosen), failed);
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
      {asking && (
        <ConfirmDelete name={goal.name} remove={remove} home="/goals" onClose={() => setAsking(false)}>
          What you added by hand goes with it, and this cannot be undone. Its habits and check-ins stay. Archiving keeps everything.
        </ConfirmDelete>
      )}
    </Card>
  );
}
