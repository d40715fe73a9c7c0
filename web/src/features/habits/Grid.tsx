// Habits down, days across. On a phone each habit gets a line of its own and its days wrap beneath.
import { useMemo } from "react";
import type { Day, Grid as GridAnswer, Habit } from "@/api/types";
import type { Opened } from "@/features/check-ins/DaySheet";
import { datesBetween, weekdayOf } from "@/lib/days";
import { capitalised, spokenDate } from "@/lib/words";
import styles from "./Grid.module.css";
import { GridRow } from "./GridRow";
import { sectionsOf } from "./view";

type Props = { habits: Habit[]; grid: GridAnswer | undefined; days: number; onOpen: (opened: Opened) => void };

const none: Day[] = [];

export function Grid({ habits, grid, days, onOpen }: Props) {
  const byHabit = useMemo(() => new Map(grid?.items.map((row) => [row.habit_id, row.days])), [grid]);
  return (
    <div className={styles.grid} data-span={days}>
      {grid && <Dates from={grid.from} to={grid.to} />}
      {sectionsOf(habits).map(([tag, members]) => (
        <section key={tag} aria-label={tag ? capitalised(tag) : "Habits"}>
          {tag && <h2 className={styles.section}>{capitalised(tag)}</h2>}
          <ul>
            {members.map((habit) => (
              <GridRow
                key={habit.id}
                habit={habit}
                days={byHabit.get(habit.id) ?? none}
                span={days}
                today={grid?.to ?? ""}
                onOpen={onOpen}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const letters = ["M", "T", "W", "T", "F", "S", "S"];

function Dates({ from, to }: { from: string; to: string }) {
  return (
    <div className={styles.dates} aria-hidden="true">
      <div className={styles.cells}>
        {datesBetween(from, to).map((date) => (
          <span key={date} title={spokenDate(date)} data-today={date === to || undefined}>
            {letters[weekdayOf(date)]}
            <b>{Number(date.slice(8))}</b>
          </span>
        ))}
      </div>
    </div>
  );
}
