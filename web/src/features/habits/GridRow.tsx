import { type KeyboardEvent, memo, useMemo, useState } from "react";
import { Link } from "wouter";
import type { Day, Habit } from "@/api/types";
import type { Opened } from "@/features/check-ins/DaySheet";
import { StrengthBar } from "@/components/Strength";
import { streakInWords } from "@/features/check-ins/words";
import { Cell } from "./Cell";
import styles from "./Grid.module.css";

type Props = { habit: Habit; days: Day[]; span: number; today: string; onOpen: (opened: Opened) => void };

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/** One tab stop for all days of a habit; the arrows move between them. */
export const GridRow = memo(function GridRow({ habit, days, span, today, onOpen }: Props) {
  const [at, setAt] = useState<number | null>(null);
  const stop = Math.min(at ?? days.length - 1, days.length - 1);
  const placeholders = useMemo(() => Array.from({ length: days.length ? 0 : span }, (_, index) => index), [days.length, span]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(days.length - 1, stop + step));
    setAt(next);
    event.currentTarget.querySelectorAll("button")[next]?.focus();
  };

  return (
    <li className={styles.row} data-hue={habit.color ?? "teal"}>
      <div className={styles.name}>
        <Link href={`/habits/${habit.id}`}>
          {habit.icon && <span aria-hidden="true">{habit.icon} </span>}
          {habit.name}
        </Link>
        <span className={styles.streak}>{habit.stats.streak > 0 ? streakInWords(habit.stats) : " "}</span>
        <StrengthBar strength={habit.stats.strength} />
      </div>
      <div className={styles.cells} role="group" aria-label={`${habit.name}, last ${span} days`} onKeyDown={onKeyDown}>
        {days.map((day, index) => (
          <Cell key={day.date} habit={habit} day={day} today={today} isStop={index === stop} onOpen={onOpen} />
        ))}
        {placeholders.map((index) => (
          <span key={index} className={styles.cell} />
        ))}
      </div>
    </li>
  );
});
