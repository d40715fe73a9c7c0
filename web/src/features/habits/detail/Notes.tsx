import type { Habit } from "@/api/types";
import { Card } from "@/components/Card";
import type { IsoDate } from "@/lib/days";
import { mediumDate, weekdayName } from "@/lib/words";
import { useNotes } from "../queries";
import styles from "./HabitPage.module.css";

export function Notes({ habit, onOpen }: { habit: Habit; onOpen: (date: IsoDate) => void }) {
  const notes = useNotes(habit.id);
  const items = notes.data?.items ?? [];
  return (
    <Card title="Notes">
      {notes.isSuccess && items.length === 0 && <p className="muted">What you note on a day is kept here.</p>}
      <ul className={styles.items}>
        {items.map(({ id, date, note }) => (
          <li key={id}>
            <button type="button" className={styles.link} onClick={() => onOpen(date)}>
              {weekdayName(date)}, {mediumDate(date)}
            </button>
            <p className={styles.note}>{note}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
