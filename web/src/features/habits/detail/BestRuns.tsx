import type { Habit, Run } from "@/api/types";
import { Card } from "@/components/Card";
import { dateRange, plural } from "@/lib/words";
import styles from "./HabitPage.module.css";

export function BestRuns({ habit, runs }: { habit: Habit; runs: Run[] }) {
  const longest = Math.max(1, ...runs.map(({ length }) => length));
  return (
    <Card title="Best runs">
      {runs.length === 0 && <p className="muted">Runs appear here after the first days in a row.</p>}
      <ol>
        {runs.map(({ from, to, length }) => (
          <li key={from} className={styles.run}>
            <p>
              <strong>{plural(length, habit.stats.unit)} in a row</strong>
              <span className="muted">{dateRange(from, to)}</span>
            </p>
            <div className={styles.bar} style={{ inlineSize: `${(length / longest) * 100}%` }} aria-hidden="true" />
          </li>
        ))}
      </ol>
    </Card>
  );
}
