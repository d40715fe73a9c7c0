// Yesterday's loose ends, one tap each.
import { useState } from "react";
import type { Today } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { DaySheet, type Opened } from "@/features/check-ins/DaySheet";
import { setDone } from "@/features/check-ins/actions";
import { outbox } from "@/features/check-ins/outbox";
import { countsAmounts, isAvoided, subjectOf } from "@/features/check-ins/subject";
import { useStore } from "@/lib/store";
import { spokenDate } from "@/lib/words";

export function YesterdayStrip({ day }: { day: Today }) {
  const { all } = useStore(outbox);
  const [opened, setOpened] = useState<Opened | null>(null);
  const { date, open } = day.yesterday;
  const waiting = new Set(all.filter((each) => each.date === date).map(({ habitId }) => habitId));
  const items = new Map(day.items.map((item) => [item.habit_id, item]));
  const left = open.filter(({ habit_id }) => !waiting.has(habit_id) && items.has(habit_id));

  const answer = (habitId: string) => {
    const habit = subjectOf(items.get(habitId)!);
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
              <Button key={habit_id} aria-label={`${name}, ${spokenDate(date)}, done after all`} onClick={() => answer(habit_id)}>
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
