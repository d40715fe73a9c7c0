import { useLocation } from "wouter";
import type { Habit, HabitInput, NewHabit } from "@/api/types";
import { inWords } from "@/api/problem";
import { ButtonLink } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { useChooseNudge, useHabitReminders } from "@/features/reminders/queries";
import { usePageTitle } from "@/lib/hooks";
import { toast } from "@/lib/toasts";
import { useChangeHabit, useHabit } from "../queries";
import { draftOf } from "./draft";
import { HabitForm } from "./HabitForm";

/** Only what differs is sent: an untouched schedule must not become a new version of itself. */
function changes(habit: Habit, input: NewHabit): HabitInput {
  const differs = ([field, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(habit[field as keyof Habit]);
  return Object.fromEntries(Object.entries(input).filter(differs));
}

export default function EditHabitPage({ id }: { id: string }) {
  usePageTitle("Edit habit");
  const [, navigate] = useLocation();
  const habit = useHabit(id);
  const reminders = useHabitReminders(id);
  const change = useChangeHabit(id);
  const choose = useChooseNudge();
  const back = `/habits/${id}`;
  if (!habit.data)
    return (
      <div className="page">
        {habit.isError && (
          <Notice role="alert" title={inWords(habit.error)}>
            <ButtonLink href="/habits">All habits</ButtonLink>
          </Notice>
        )}
      </div>
    );
  const { data } = habit;
  const nudge = reminders.data ? { enabled: reminders.data.nudge.enabled, at: reminders.data.nudge.at } : null;
  const saved = () => {
    toast("Saved.");
    navigate(back);
  };
  return (
    <div className="page stack">
      <h1>Edit {data.name}</h1>
      <p className="muted">A new schedule or target holds from today on. Days already lived keep their rule.</p>
      <HabitForm
        key={id}
        initial={draftOf(data)}
        nudge={nudge}
        action="Save"
        cancelTo={back}
        busy={change.isPending || choose.isPending}
        error={change.error ?? choose.error}
        onSubmit={(input, wish) =>
          change.mutate(changes(data, input), {
            onSuccess: () => (wish ? choose.mutate({ habitId: id, wish }, { onSuccess: saved }) : saved()),
          })
        }
      />
    </div>
  );
}
