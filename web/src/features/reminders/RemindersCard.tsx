// The reminders of one habit: when the next comes, and how its nudges stand.
import { inWords } from "@/api/problem";
import { session } from "@/api/session";
import type { Habit } from "@/api/types";
import { Button, ButtonLink } from "@/components/Button";
import { Card } from "@/components/Card";
import { useStore } from "@/lib/store";
import { toast } from "@/lib/toasts";
import { useHabitReminders, useNudgeAction } from "./queries";
import { slotOf, slotsInWords } from "./times";
import type { HabitReminders } from "./types";
import { isMoved, nextInWords, nudgeInWords } from "./words";

export function RemindersCard({ habit }: { habit: Habit }) {
  const { data, error, isPaused } = useHabitReminders(habit.id);
  return (
    <Card title="Reminders" aside={<ButtonLink href={`/habits/${habit.id}/edit`}>Change</ButtonLink>}>
      {habit.reminders.length > 0 && <p>{slotsInWords(habit.reminders.map(slotOf))}</p>}
      {data ? (
        <Standing seen={data} />
      ) : (
        <p className="muted">{error ? inWords(error) : isPaused ? "Shown when you are online." : "Loading…"}</p>
      )}
    </Card>
  );
}

const failed = (error: unknown) => void toast(inWords(error));

function Standing({ seen: { habit_id, next, nudge } }: { seen: HabitReminders }) {
  const zone = useStore(session, ({ user }) => user?.timezone ?? "UTC");
  const act = useNudgeAction(habit_id);
  const rests = nudge.enabled && (nudge.doubted || nudge.resting_until !== null);
  return (
    <>
      <p>
        <span className="muted">Next: </span>
        {nextInWords(next, zone)}
      </p>
      <p className={nudge.enabled ? undefined : "muted"} role="status">
        {nudgeInWords(nudge, zone)}
      </p>
      {rests && (
        <div>
          <Button
            disabled={act.isPending}
            onClick={() => act.mutate("resume", { onSuccess: () => void toast("Nudges go on."), onError: failed })}
          >
            Ask me again
          </Button>
        </div>
      )}
      {nudge.enabled && !rests && isMoved(nudge) && (
        <div>
          <Button
            disabled={act.isPending}
            onClick={() => act.mutate("undo", { onSuccess: () => void toast(`Back to ${nudge.at}. Learning begins anew.`), onError: failed })}
          >
            Back to {nudge.at}
          </Button>
        </div>
      )}
    </>
  );
}
