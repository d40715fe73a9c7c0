import styles from "./Heatmap.module.css";
import type { Level } from "./year";

const plain: [Level[], string][] = [
  [["4"], "done"],
  [["missed"], "missed"],
  [["skipped"], "skipped or paused"],
  [["0"], "not due or open"],
];
const graded: [Level[], string][] = [[["1", "2", "3", "4"], "some to all"], ...plain.slice(1)];

export function HeatLegend({ graded: isGraded }: { graded: boolean }) {
  return (
    <ul className={styles.legend} aria-label="Legend">
      {(isGraded ? graded : plain).map(([levels, words]) => (
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
