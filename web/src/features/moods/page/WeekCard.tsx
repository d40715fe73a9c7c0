// "When do I feel how?": every hour of the week, and whether weekdays really differ.
import { useId } from "react";
import { session } from "@/api/session";
import type { MoodSummary } from "@/api/types";
import { Card } from "@/components/Card";
import { Explain } from "@/components/Explain";
import { Twin } from "@/components/Twin";
import { number, plural, weekdayNames } from "@/lib/words";
import { useFaces } from "../queries";
import { weekInWords, weekTitle } from "../words";
import styles from "./Mood.module.css";
import { nearest } from "./pixels";

const LEFT = 30;
const COLUMN = 12;
const ROW = 16;
const FEW = 3;

const hours = [0, 6, 12, 18, 23];
const one = (value: number | null) => (value === null ? "–" : number(Math.round(value * 10) / 10));

export function WeekCard({ summary }: { summary: MoodSummary }) {
  const { weekdays, hours: cells } = summary;
  const faces = useFaces();
  const words = weekInWords(weekdays);
  const weekStart = session.get().user?.week_start ?? 0;
  const order = weekdayNames.map((_, index) => (index + weekStart) % 7);
  return (
    <Card title={weekTitle(weekdays)}>
      <p className="muted">{words}</p>
      <Matrix cells={cells} order={order} summary={`Mood by weekday and hour. ${words}`} />
      <ul className={styles.legend} aria-label="Legend">
        {faces.map(({ label }, index) => (
          <li key={label} data-mood={index + 1}>
            <svg viewBox="0 0 14 14" aria-hidden="true">
              <rect width="14" height="14" rx="3" className={styles.cell} />
            </svg>
            {label}
          </li>
        ))}
        <li>
          <svg viewBox="0 0 14 14" aria-hidden="true">
            <Hatch id="few-key" />
            <rect width="14" height="14" rx="3" fill="url(#few-key)" />
          </svg>
          fewer than {FEW} moods
        </li>
      </ul>
      <Twin
        name="mood-by-weekday"
        head={["Weekday", "Mean", "Moods"]}
        rows={order.map((day) => [weekdayNames[day]!, one(weekdays.means[day] ?? null), number(weekdays.counts[day]!)])}
        csv={() => [
          ["weekday", "hour", "mean", "count"],
          ...cells.map(({ weekday, hour, mean, count }) => [weekdayNames[weekday]!, hour, Number(mean.toFixed(4)), count]),
        ]}
      />
      <Explain question="How is this computed?">
        <p>
          Each square is the mean of what you said on that weekday in that hour, by the clock of the place where you were. Weekdays
          are called different only when chance would make such differences in less than one of a hundred weeks like yours
          (Kruskal-Wallis, p below 0.01), with at least {plural(weekdays.entries_needed, "mood")} on each weekday.
        </p>
      </Explain>
    </Card>
  );
}

type MatrixProps = { cells: MoodSummary["hours"]; order: number[]; summary: string };

function Matrix({ cells, order, summary }: MatrixProps) {
  const hatch = useId();
  const byPlace = new Map(cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  return (
    <svg viewBox={`0 0 ${LEFT + 24 * COLUMN} ${7 * ROW + 14}`} role="img" aria-label={summary} className={styles.matrix}>
      <Hatch id={hatch} />
      {order.map((weekday, row) =>
        Array.from({ length: 24 }, (_, hour) => {
          const cell = byPlace.get(`${weekday} ${hour}`);
          const few = cell && cell.count < FEW;
          return (
            <rect
              key={`${weekday} ${hour}`}
              x={LEFT + hour * COLUMN}
              y={row * ROW}
              width={COLUMN - 1.5}
              height={ROW - 2}
              rx={2}
              data-mood={cell && !few ? nearest(cell.mean) : undefined}
              className={styles.cell}
              style={few ? { fill: `url(#${hatch})` } : undefined}
            />
          );
        }),
      )}
      <g className={styles.label} aria-hidden="true">
        {order.map((weekday, row) => (
          <text key={weekday} x={0} y={row * ROW + 10.5}>
            {weekdayNames[weekday]!.slice(0, 3)}
          </text>
        ))}
        {hours.map((hour) => (
          <text key={hour} x={LEFT + hour * COLUMN + (COLUMN - 1.5) / 2} y={7 * ROW + 10} textAnchor={hour === 23 ? "end" : "middle"}>
            {hour}
          </text>
        ))}
      </g>
    </svg>
  );
}

const Hatch = ({ id }: { id: string }) => (
  <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
    <rect width="4" height="4" className={styles.hatchGround} />
    <path d="M0 0V4" className={styles.hatchLine} />
  </pattern>
);
