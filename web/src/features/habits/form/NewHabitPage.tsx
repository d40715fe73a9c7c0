import { useState } from "react";
import { useLocation } from "wouter";
import { habitDayNow } from "@/api/session";
import { usualNudge } from "@/features/reminders/NudgeFields";
import { useChooseNudge } from "@/features/reminders/queries";
import type { NudgeWish } from "@/features/reminders/types";
import { usePageTitle } from "@/lib/hooks";
import { toast } from "@/lib/toasts";
import { useCreateHabit } from "../queries";
import { emptyDraft } from "./draft";
import { HabitForm } from "./HabitForm";

export default function NewHabitPage() {
  usePageTitle("New habit");
  const [, navigate] = useLocation();
  const [initial] = useState(() => emptyDraft(habitDayNow()));
  const create = useCreateHabit();
  const choose = useChooseNudge();
  const started = (name: string, said = `${name} starts.`) => {
    toast(said);
    navigate("/");
  };
  /** The habit is there by now, so a nudge that was not kept is no reason to stay. */
  const nudge = (habitId: string, name: string, wish: NudgeWish | null) => {
    if (!wish?.enabled) return started(name);
    const lost = `${name} starts. Its nudges were not saved; Edit is where you switch them on.`;
    choose.mutate({ habitId, wish }, { onSuccess: () => started(name), onError: () => started(name, lost) });
  };
  return (
    <div className="page stack">
      <h1>New habit</h1>
      <HabitForm
        initial={initial}
        nudge={usualNudge}
        action="Start this habit"
        cancelTo="/habits"
        busy={create.isPending || choose.isPending}
        error={create.error}
        onSubmit={(habit, wish) => create.mutate(habit, { onSuccess: ({ id, name }) => nudge(id, name, wish) })}
      />
    </div>
  );
}
