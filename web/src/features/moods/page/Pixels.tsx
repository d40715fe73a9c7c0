// The year itself, drawn by hand. One tab stop: arrows choose a day, Enter opens it; the line beneath says what it was.
import { type KeyboardEvent, memo, type MouseEvent, type PointerEvent, useMemo, useState } from "react";
import type { Face, MoodDay } from "@/api/types";
import charts from "@/components/Chart.module.css";
import type { IsoDate } from "@/lib/days";
import { capitalised, mediumDate, monthName, weekdayName } from "@/lib/words";
import { dateAt, dayInWords, lastDayOf, nearest, placeOf, stepFrom } from "./pixels";

const LEFT = 20;
const TOP = 16;
const COLUMN = 25;
const ROW = 17;
const WIDTH = COLUMN - 2;
const TALL = ROW - 2;
const MOST_DOTS = 4;

type Props = {
  year: number;
  days: MoodDay[];
  faces: Face[];
  today: IsoDate;
  summary: string;
  onOpen: (date: IsoDate) => void;
};

const months = Array.from({ length: 12 }, (_, month) => month);
const rows = Array.from({ length: 31 }, (_, row) => row);

const dateUnder = (event: PointerEvent | MouseEvent) => (event.target as SVGElement).dataset?.date ?? null;
const corner = (date: IsoDate) => {
  const { month, row } = placeOf(date);
  return { x: LEFT + month * COLUMN, y: TOP + row * ROW };
};

export function Pixels({ year, days, faces, today, summary, onOpen }: Props) {
  const first = `${year}-01-01`;
  const last = lastDayOf(year, today);
  const [at, setAt] = useState<IsoDate | null>(null);
  const shown = at && at >= first && at <= last ? at : null;
  const byDate = useMemo(() => new Map(days.map((day) => [day.date, day])), [days]);

  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.key === "Enter" || event.key === " ") && shown) onOpen(shown);
    else {
      const next = stepFrom(shown ?? last, event.key, first, last);
      if (!next) return;
      setAt(shown ? next : last);
    }
    event.preventDefault();
  };
  return (
    <div className={charts.map}>
      <div
        className={charts.frame}
        tabIndex={0}
        role="application"
        aria-roledescription="calendar"
        aria-label={`Moods of ${year}, day by day. ${summary} Arrow keys choose a day, Enter opens it.`}
        onKeyDown={onKeyDown}
        onFocus={() => setAt((current) => current ?? last)}
        onPointerOver={(event) => setAt((current) => reachable(dateUnder(event), last) ?? current)}
        onClick={(event) => {
          const date = reachable(dateUnder(event), last);
          if (date) onOpen(date);
        }}
      >
        <svg viewBox={`0 0 ${LEFT + 12 * COLUMN} ${TOP + 31 * ROW}`} role="img" aria-label={summary}>
          <Labels year={year} />
          <Cells year={year} byDate={byDate} today={today} />
          {shown && <rect {...around(shown)} rx={4} className={charts.cursor} style={{ stroke: "var(--accent)" }} />}
        </svg>
      </div>
      <p className={charts.readout} aria-live="polite">
        {shown
          ? `${weekdayName(shown)}, ${mediumDate(shown)}: ${capitalised(dayInWords(byDate.get(shown), faces))}`
          : "Choose a day to see what it was."}
      </p>
    </div>
  );
}

const reachable = (date: string | null, last: IsoDate) => (date && date <= last ? date : null);

function around(date: IsoDate) {
  const { x, y } = corner(date);
  return { x: x - 1, y: y - 1, width: WIDTH + 2, height: TALL + 2 };
}

type CellsProps = { year: number; byDate: ReadonlyMap<string, MoodDay>; today: IsoDate };

const Cells = memo(function Cells({ year, byDate, today }: CellsProps) {
  return months.flatMap((month) =>
    rows.map((row) => {
      const date = dateAt(year, month, row);
      return date && <Cell key={date} date={date} day={byDate.get(date)} today={today} />;
    }),
  );
});

const Cell = memo(function Cell({ date, day, today }: { date: IsoDate; day: MoodDay | undefined; today: IsoDate }) {
  const { x, y } = corner(date);
  const dots = day && day.count > 1 ? Math.min(MOST_DOTS, day.count) : 0;
  return (
    <g data-mood={day && nearest(day.mean)}>
      <rect
        data-date={date}
        data-today={date === today || undefined}
        data-level={date > today ? "outside" : undefined}
        x={x}
        y={y}
        width={WIDTH}
        height={TALL}
        rx={3}
        className={charts.day}
      />
      {Array.from({ length: dots }, (_, index) => (
        <circle
          key={index}
          cx={x + WIDTH / 2 + (index - (dots - 1) / 2) * 4.5}
          cy={y + TALL - 3.6}
          r={1.4}
          className={charts.dot}
        />
      ))}
    </g>
  );
});

const Labels = memo(function Labels({ year }: { year: number }) {
  return (
    <g className={charts.label} style={{ fontSize: 10 }} aria-hidden="true">
      {months.map((month) => (
        <text key={month} x={LEFT + month * COLUMN + WIDTH / 2} y={10} textAnchor="middle">
          {monthName(dateAt(year, month, 0)!).slice(0, 1)}
        </text>
      ))}
      {[1, 5, 10, 15, 20, 25, 30].map((day) => (
        <text key={day} x={LEFT - 5} y={TOP + (day - 1) * ROW + 11.5} textAnchor="end">
          {day}
        </text>
      ))}
    </g>
  );
});
