// What was noted along the way, the latest first.
import { useState } from "react";
import type { Habit } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import type { IsoDate } from "@/lib/days";
import { mediumDate, number, weekdayName } from "@/lib/words";
import { useNotes } from "../queries";
import styles from "./HabitPage.module.css";

const FIRST_SHOWN = 6;

export function Notes({ habit, onOpen }: { habit: Habit; onOpen: (date: IsoDate) => void }) {
  const notes = useNotes(habit.id);
  const [all, setAll] = useState(false);
  const items = (notes.data?.items ?? []).toSorted((one, other) => other.date.localeCompare(one.date));
  return (
    <Card title="Notes">
      {notes.isSuccess && items.length === 0 && <p className="muted">What you note on a day is kept here.</p>}
      <ul className={styles.items}>
        {items.slice(0, all ? undefined : FIRST_SHOWN).map(({ id, date, note }) => (
          <li key={id}>
            <button type="button" className={styles.link} onClick={() => onOpen(date)}>
              {weekdayName(date)}, {mediumDate(date)}
            </button>
            <p className={styles.note}>{note}</p>
          </li>
        ))}
      </ul>
      {!all && items.length > FIRST_SHOWN && (
        <div>
          <Button onClick={() => setAll(true)}>Show all {number(items.length)}</Button>
        </div>
      )}
    </Card>
  );
}
