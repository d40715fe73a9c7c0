// Today's progress as a ring: filled by share, ticked when done, dashed while the server has not confirmed it.
import { cx } from "@/lib/css";
import styles from "./Ring.module.css";

export type RingMark = "none" | "done" | "skipped" | "paused" | "slip" | "kept" | "no";

type Props = { share: number; mark: RingMark; waiting?: boolean; icon?: string | null };

const RADIUS = 19;
const LENGTH = 2 * Math.PI * RADIUS;

const DOT = 3;
const GAP = LENGTH / 15 - DOT;

/** As many dots as fit on the arc, then nothing. */
const dotted = (arc: number) => `${`${DOT} ${GAP} `.repeat(Math.max(1, Math.round(arc / (DOT + GAP))))}0 ${LENGTH}`;

const marks: Partial<Record<RingMark, string>> = {
  done: "M14.5 22.5 20 28l10-11.5",
  skipped: "M16 15l8 7-8 7zM29 15v14",
  paused: "M18 15v14M26 15v14",
  slip: "M15 22h14",
  no: "M16 16l12 12M28 16 16 28",
};

export function Ring({ share, mark, waiting, icon }: Props) {
  const path = marks[mark];
  const arc = Math.min(1, share) * LENGTH;
  return (
    <span className={cx(styles.ring, styles[mark], waiting && styles.waiting)}>
      <svg viewBox="0 0 44 44" width="44" height="44" aria-hidden="true">
        <circle cx="22" cy="22" r={RADIUS} className={styles.track} />
        {share > 0 && (
          <circle
            cx="22"
            cy="22"
            r={RADIUS}
            className={styles.fill}
            strokeDasharray={waiting ? dotted(arc) : `${arc} ${LENGTH}`}
            transform="rotate(-90 22 22)"
          />
        )}
        {path && <path d={path} className={styles.mark} pathLength={1} />}
      </svg>
      {icon && !path && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
    </span>
  );
}
