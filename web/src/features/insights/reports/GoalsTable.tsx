import { Link } from "wouter";
import { Card } from "@/components/Card";
import { amountWithUnit, number } from "@/lib/words";
import type { ReportGoal } from "../types";
import styles from "./Report.module.css";

export function GoalsTable({ goals }: { goals: ReportGoal[] }) {
  return (
    <Card title="Goals">
      <div className={styles.scroll} tabIndex={0} role="group" aria-label="Goals">
        <table>
          <thead>
            <tr>
              <th scope="col">Goal</th>
              <th scope="col">Added</th>
              <th scope="col">So far</th>
              <th scope="col">Pace</th>
            </tr>
          </thead>
          <tbody>
            {goals.map(({ goal_id, name, progress, target, unit, added, verdict }) => (
              <tr key={goal_id}>
                <th scope="row">
                  <Link href={`/goals/${goal_id}`}>{name}</Link>
                </th>
                <td>{amountWithUnit(added, unit)}</td>
                <td>
                  {number(progress)} of {amountWithUnit(target, unit)}
                </td>
                <td>{verdict ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
