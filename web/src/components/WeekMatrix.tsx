// Every hour of the week as a square. What a square looks like is the caller's to say.
import { useId } from "react";
import { session } from "@/api/session";
import { weekdayNames } from "@/lib/words";
import styles from "./Chart.module.css";
import { Hatch } from "./Hatch";

const LEFT = 30;
const COLUMN = 12;
const ROW = 16;
const hours = [0, 6, 12, 18, 23];

/** A face's colour, a step of the scale, or "few": there is something, but too little to tell. */
export type Look = { mood?: number; level?: number } | "few" | null;

/** The weekdays in the order of the user's own week. */
export function weekOrder(): number[] {
  const start = session.get().user?.week_start ?? 0;
  return weekdayNames.map((_, index) => (index + start) % 7);
}

type Props = { look: (weekday: number, hour: number) => Look; summary: string };

export function WeekMatrix({ look, summary }: Props) {
  const hatch = useId();
  const order = weekOrder();
  return (
    <svg viewBox={`0 0 ${LEFT + 24 * COLUMN} ${7 * ROW + 14}`} role="img" aria-label={summary} className={styles.whole}>
      <Hatch id={hatch} />
      {order.map((weekday, row) =>
        Array.from({ length: 24 }, (_, hour) => {
          const seen = look(weekday, hour);
          const drawn = seen === "few" ? null : seen;
          return (
            <rect
              key={`${weekday} ${hour}`}
              x={LEFT + hour * COLUMN}
              y={row * ROW}
              width={COLUMN - 1.5}
              height={ROW - 2}
              rx={2}
              data-mood={drawn?.mood}
              data-level={drawn?.level}
              className={styles.day}
              style={seen === "few" ? { fill: `url(#${hatch})` } : undefined}
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

/** The key of squares that are too few to tell. */
export function FewKey({ children }: { children: string }) {
  const hatch = useId();
  return (
    <li>
      <svg viewBox="0 0 14 14" aria-hidden="true">
        <Hatch id={hatch} />
        <rect width="14" height="14" rx="3" fill={`url(#${hatch})`} />
      </svg>
      {children}
    </li>
  );
}
