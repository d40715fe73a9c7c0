// What the cells mean, always in sight.
import type { DayState } from "@/api/types";
import styles from "./Legend.module.css";
import grid from "./Grid.module.css";

const entries: [DayState, string, string][] = [
  ["done", "✓", "done"],
  ["partial", "3", "partly"],
  ["skipped", "", "skipped or paused"],
  ["missed", "", "missed"],
  ["open", "", "open"],
  ["free", "", "not due"],
];

export function Legend() {
  return (
    <ul className={styles.legend} aria-label="Legend" data-hue="teal">
      {entries.map(([state, sign, words]) => (
        <li key={state}>
          <span className={grid.cell} data-state={state} data-sign={sign} aria-hidden="true" />
          {words}
        </li>
      ))}
    </ul>
  );
}
