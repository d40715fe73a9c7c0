import type { Level } from "@/lib/weeks";
import styles from "./Chart.module.css";

/** What the squares of a calendar mean. */
export function HeatLegend({ of }: { of: [Level[], string][] }) {
  return (
    <ul className={styles.legend} aria-label="Legend">
      {of.map(([levels, words]) => (
        <li key={words}>
          {levels.map((level) => (
            <svg key={level} viewBox="0 0 14 14" aria-hidden="true">
              <rect x="1" y="1" width="12" height="12" rx="2.5" className={styles.day} data-level={level} />
            </svg>
          ))}
          {words}
        </li>
      ))}
    </ul>
  );
}
