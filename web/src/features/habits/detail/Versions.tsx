import type { Habit } from "@/api/types";
import { Card } from "@/components/Card";
import { ruleInWords } from "@/features/check-ins/words";
import { mediumDate } from "@/lib/words";
import styles from "./HabitPage.module.css";

/** The rules this habit was lived under. Old days keep theirs. */
export function Versions({ habit }: { habit: Habit }) {
  if (habit.versions.length < 2) return null;
  return (
    <Card title="Schedule over time">
      <p className="muted">A new schedule counts from its day on. Earlier days keep the rule they were lived under.</p>
      <ol className={styles.items}>
        {habit.versions
          .toSorted((one, other) => other.since.localeCompare(one.since))
          .map((version) => (
            <li key={version.since}>
              <span>{ruleInWords({ ...version, unit: habit.unit })}</span>
              <span className="muted">since {mediumDate(version.since)}</span>
            </li>
          ))}
      </ol>
    </Card>
  );
}
