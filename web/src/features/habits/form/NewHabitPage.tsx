import { useState } from "react";
import { useLocation } from "wouter";
import { habitDayNow } from "@/api/session";
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
  return (
    <div className="page stack">
      <h1>New habit</h1>
      <HabitForm
        initial={initial}
        action="Start this habit"
        cancelTo="/habits"
        busy={create.isPending}
        error={create.error}
        onSubmit={(habit) =>
          create.mutate(habit, {
            onSuccess({ name }) {
              toast(`${name} starts.`);
              navigate("/");
            },
          })
        }
      />
    </div>
  );
}
