// An empty account: three habits to start with, or one's own words.
import { useState } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import { inWords } from "@/api/problem";
import type { Habit, NewHabit } from "@/api/types";
import { Button, ButtonLink } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { newId } from "@/lib/ids";
import { queryClient } from "@/lib/queryClient";
import { toast } from "@/lib/toasts";

const starters = (weekStart: number): NewHabit[] => [
  { name: "Read a few pages", icon: "📖", color: "teal", schedule: { kind: "daily" } },
  { name: "Take a walk", icon: "🚶", color: "blue", schedule: { kind: "per_week", n: 3, week_start: weekStart } },
  {
    name: "Drink water",
    icon: "💧",
    color: "indigo",
    schedule: { kind: "daily" },
    target: 8,
    direction: "at_least",
    unit: "glasses",
  },
];

export function FirstSteps({ today, weekStart }: { today: string; weekStart: number }) {
  const [busy, setBusy] = useState(false);
  const start = async (habit: NewHabit) => {
    setBusy(true);
    try {
      await api.post<Habit>("/habits", { ...habit, start: today }, { operation: newId() });
      await Promise.all([keys.todays, keys.habits].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    } catch (error) {
      toast(inWords(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Notice title="What would you like to do more often?">
      <p className="muted">Start small. One habit is plenty, and everything can be changed later.</p>
      <div className="row">
        {starters(weekStart).map((habit) => (
          <Button key={habit.name} disabled={busy} onClick={() => void start(habit)}>
            <span aria-hidden="true">{habit.icon}</span> {habit.name}
          </Button>
        ))}
      </div>
      <ButtonLink href="/habits/new" kind="primary">
        Write my own
      </ButtonLink>
    </Notice>
  );
}
