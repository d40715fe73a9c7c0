// Yesterday's loose ends, one tap each.
import { useState } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import { inWords } from "@/api/problem";
import type { Habit, Today } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { DaySheet, type Opened } from "@/features/check-ins/DaySheet";
import { setDone } from "@/features/check-ins/actions";
import { outbox } from "@/features/outbox/outbox";
import { countsAmounts, isAvoided, type Subject, subjectOf } from "@/features/check-ins/subject";
import { queryClient } from "@/lib/queryClient";
import { useStore } from "@/lib/store";
import { toast } from "@/lib/toasts";
import { spokenDate } from "@/lib/words";

/** What was due yesterday need not be due today; then the server is asked how that habit counts. */
async function subjectFor(habitId: string, { items }: Today): Promise<Subject | null> {
  const item = items.find(({ habit_id }) => habit_id === habitId);
  if (item) return subjectOf(item);
  try {
    return await queryClient.fetchQuery({
      queryKey: keys.habit(habitId),
      queryFn: () => api.get<Habit>(`/habits/${habitId}`),
    });
  } catch (error) {
    toast(inWords(error));
    return null;
  }
}

export function YesterdayStrip({ day }: { day: Today }) {
  const checkIns = useStore(outbox, (box) => box.checkIns);
  const [opened, setOpened] = useState<Opened | null>(null);
  const { date, open } = day.yesterday;
  const waiting = new Set(checkIns.filter((each) => each.date === date).map(({ habitId }) => habitId));
  const left = open.filter(({ habit_id }) => !waiting.has(habit_id));

  const answer = async (habitId: string) => {
    const habit = await subjectFor(habitId, day);
    if (!habit) return;
    if (countsAmounts(habit) || isAvoided(habit)) return setOpened({ habit, date, today: day.today });
    const known = { date, state: "missed" as const, amount: null, count: 0, note: null, due: true };
    void setDone({ habit, day: known, today: day.today });
  };

  return (
    <>
      {left.length > 0 && (
        <Card title="Missed something yesterday?">
          <p className="muted">Tap what you did after all.</p>
          <div className="row">
            {left.map(({ habit_id, name }) => (
              <Button key={habit_id} aria-label={`${name}, ${spokenDate(date)}, done after all`} onClick={() => void answer(habit_id)}>
                {name}
              </Button>
            ))}
          </div>
        </Card>
      )}
      {opened && <DaySheet {...opened} onClose={() => setOpened(null)} />}
    </>
  );
}
