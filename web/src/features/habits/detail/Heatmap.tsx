// The calendar itself, drawn by hand. One tab stop: arrows choose a day, Enter opens it; the line beneath says what it was.
import { type KeyboardEvent, memo, type MouseEvent, type PointerEvent, useMemo, useState } from "react";
import type { Habit, HistoryDay } from "@/api/types";
import { dayInWords } from "@/features/check-ins/words";
import { addDays, daysBetween, type IsoDate, startOfWeek } from "@/lib/days";
import { capitalised, mediumDate, monthName, weekdayName } from "@/lib/words";
import styles from "./Heatmap.module.css";
import { levelOf, place, type Span } from "./year";

const STEP = 14;
const SIZE = 12;
const LEFT = 28;
const TOP = 16;

type Props = {
  habit: Habit;
  days: HistoryDay[];
  span: Span;
  weekStart: number;
  summary: string;
  onOpen: (date: IsoDate) => void;
};

const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7, Home: -400, End: 400 };

const dateUnder = (event: PointerEvent | MouseEvent) => (event.target as SVGElement).dataset?.date ?? null;

export function Heatmap({ habit, days, span, weekStart, summary, onOpen }: Props) {
  const first = startOfWeek(span.from, weekStart);
  const weeks = Math.floor(daysBetween(first, span.to) / 7) + 1;
  const [at, setAt] = useState<IsoDate | null>(null);
  const shown = at && at >= span.from && at <= span.to ? at : null;
  const day = useMemo(() => days.find(({ date }) => date === shown), [days, shown]);

  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.key === "Enter" || event.key === " ") && shown) onOpen(shown);
    else if (steps[event.key] !== undefined) {
      const next = shown ? addDays(shown, steps[event.key]!) : span.to;
      setAt(next < span.from ? span.from : next > span.to ? span.to : next);
    } else return;
    event.preventDefault();
  };
  return (
    <div className={styles.map}>
      <div
        className={styles.frame}
        tabIndex={0}
        role="application"
        aria-roledescription="calendar"
        aria-label={`${habit.name}, day by day. ${summary} Arrow keys choose a day, Enter opens it.`}
        onKeyDown={onKeyDown}
        onFocus={() => setAt((current) => current ?? span.to)}
        onPointerOver={(event) => setAt((current) => dateUnder(event) ?? current)}
        onClick={(event) => {
          const date = dateUnder(event);
          if (date) onOpen(date);
        }}
      >
        <svg viewBox={`0 0 ${LEFT + weeks * STEP} ${TOP + 7 * STEP}`} role="img" aria-label={summary}>
          <Labels first={first} weeks={weeks} />
          <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
            <rect width="4" height="4" className={styles.hatchGround} />
            <path d="M0 0V4" className={styles.hatchLine} />
          </pattern>
          <Cells days={days} first={first} target={habit.target} />
          {shown && <Cursor date={shown} first={first} />}
        </svg>
      </div>
      <p className={styles.readout} aria-live="polite">
        {day ? `${weekdayName(day.date)}, ${mediumDate(day.date)}: ${capitalised(dayInWords(day, habit))}` : "Choose a day to see what it was."}
        {day?.note && <span className="muted"> “{day.note}”</span>}
      </p>
    </div>
  );
}

const corner = (date: IsoDate, first: IsoDate) => {
  const { week, row } = place(date, first);
  return { x: LEFT + week * STEP, y: TOP + row * STEP };
};

const Cells = memo(function Cells({ days, first, target }: { days: HistoryDay[]; first: IsoDate; target: number | null }) {
  return days.map((day) => (
    <rect
      key={day.date}
      data-date={day.date}
      data-level={levelOf(day, target)}
      {...corner(day.date, first)}
      width={SIZE}
      height={SIZE}
      rx={2.5}
      className={styles.day}
    />
  ));
});

function Cursor({ date, first }: { date: IsoDate; first: IsoDate }) {
  const { x, y } = corner(date, first);
  return <rect x={x - 1.5} y={y - 1.5} width={SIZE + 3} height={SIZE + 3} rx={3.5} className={styles.cursor} />;
}

const Labels = memo(function Labels({ first, weeks }: { first: IsoDate; weeks: number }) {
  const starts = Array.from({ length: weeks }, (_, week) => addDays(first, week * 7));
  return (
    <g className={styles.label} aria-hidden="true">
      {starts.map((date, week) => {
        const isFirstOfMonth = Number(date.slice(8)) <= 7 && week < weeks - 1;
        return (
          isFirstOfMonth && (
            <text key={date} x={LEFT + week * STEP} y={10}>
              {monthName(date)}
            </text>
          )
        );
      })}
      {[0, 2, 4].map((row) => (
        <text key={row} x={0} y={TOP + row * STEP + 9.5}>
          {weekdayName(addDays(first, row))}
        </text>
      ))}
    </g>
  );
});
