// A calendar of weeks, drawn by hand. One tab stop: arrows choose a day, Enter opens it; the line beneath says what it was.
import { type KeyboardEvent, memo, type MouseEvent, type PointerEvent, type ReactNode, useState } from "react";
import { addDays, daysBetween, type IsoDate, startOfWeek } from "@/lib/days";
import { type Level, place, type Span } from "@/lib/weeks";
import { mediumDate, monthName, weekdayName } from "@/lib/words";
import styles from "./Chart.module.css";
import { Hatch } from "./Hatch";

const STEP = 14;
const SIZE = 12;
const LEFT = 28;
const TOP = 16;

export type HeatDay = { date: IsoDate; level: Level };

type Props = {
  /** Whose calendar it is. */
  name: string;
  days: HeatDay[];
  span: Span;
  weekStart: number;
  summary: string;
  /** What a day was, in words. */
  say: (date: IsoDate) => ReactNode;
  onOpen?: (date: IsoDate) => void;
};

const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7, Home: -400, End: 400 };

const dateUnder = (event: PointerEvent | MouseEvent) => (event.target as SVGElement).dataset?.date ?? null;

export function Heatmap({ name, days, span, weekStart, summary, say, onOpen }: Props) {
  const first = startOfWeek(span.from, weekStart);
  const weeks = Math.floor(daysBetween(first, span.to) / 7) + 1;
  const [at, setAt] = useState<IsoDate | null>(null);
  const shown = at && at >= span.from && at <= span.to ? at : null;

  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.key === "Enter" || event.key === " ") && shown && onOpen) onOpen(shown);
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
        aria-label={`${name}, day by day. ${summary} Arrow keys choose a day${onOpen ? ", Enter opens it" : ""}.`}
        onKeyDown={onKeyDown}
        onFocus={() => setAt((current) => current ?? span.to)}
        onPointerOver={(event) => setAt((current) => dateUnder(event) ?? current)}
        onClick={(event) => {
          const date = dateUnder(event);
          if (date) onOpen?.(date);
        }}
      >
        <svg viewBox={`0 0 ${LEFT + weeks * STEP} ${TOP + 7 * STEP}`} style={{ maxBlockSize: "13rem" }} role="img" aria-label={summary}>
          <Labels first={first} weeks={weeks} />
          <Hatch id="hatch" />
          <Cells days={days} first={first} />
          {shown && <Cursor date={shown} first={first} />}
        </svg>
      </div>
      <p className={styles.readout} aria-live="polite">
        {shown ? (
          <>
            {weekdayName(shown)}, {mediumDate(shown)}: {say(shown)}
          </>
        ) : (
          "Choose a day to see what it was."
        )}
      </p>
    </div>
  );
}

const corner = (date: IsoDate, first: IsoDate) => {
  const { week, row } = place(date, first);
  return { x: LEFT + week * STEP, y: TOP + row * STEP };
};

const Cells = memo(function Cells({ days, first }: { days: HeatDay[]; first: IsoDate }) {
  return days.map(({ date, level }) => (
    <rect
      key={date}
      data-date={date}
      data-level={level}
      {...corner(date, first)}
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
