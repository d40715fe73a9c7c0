// Putting a habit to rest, waking it, or letting it go.
import { useState } from "react";
import { inWords } from "@/api/problem";
import type { Habit } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { ConfirmDelete } from "@/components/ConfirmDelete";
import { plural } from "@/lib/words";
import { toast } from "@/lib/toasts";
import { useChangeHabit, useDeleteHabit } from "../queries";

export function Care({ habit }: { habit: Habit }) {
  const [asking, setAsking] = useState(false);
  const [change, remove] = [useChangeHabit(habit.id), useDeleteHabit(habit.id)];
  const archived = habit.archived_on !== null;
  const archive = () =>
    change.mutate(
      { archived: !archived },
      {
        onSuccess: () => toast(archived ? `${habit.name} is back.` : `${habit.name} rests in the archive.`),
        onError: (error) => toast(inWords(error)),
      },
    );
  return (
    <Card title="Archive or delete">
      <p className="muted">An archived habit keeps its history and its figures, and asks for nothing.</p>
      <div className="row">
        <Button onClick={archive} disabled={change.isPending}>
          {archived ? "Restore" : "Archive"}
        </Button>
        <Button kind="warn" onClick={() => setAsking(true)}>
          Delete
        </Button>
      </div>
      {asking && (
        <ConfirmDelete name={habit.name} remove={remove} home="/habits" onClose={() => setAsking(false)}>
          Its {plural(habit.stats.total, "check-in")} go with it, and this cannot be undone. Archiving keeps everything.
        </ConfirmDelete>
      )}
    </Card>
  );
}
