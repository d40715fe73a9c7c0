import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { State } from "@/components/State";
import { mediumDate } from "@/lib/words";
import type { Goal } from "../types";
import { amount } from "../words";

/** The places on the way, and when each was passed. */
export function MilestonesCard({ goal, onAdd }: { goal: Goal; onAdd: () => void }) {
  return (
    <Card title="Milestones" aside={<Button onClick={onAdd}>Change</Button>}>
      {goal.milestones.length === 0 && <p className="muted">A place on the way that is worth a word, such as half of it.</p>}
      {goal.milestones.length > 0 && (
        <ul className="rows">
          {goal.milestones.map(({ at, name, reached_on: day }) => (
            <li key={at} className="row" style={{ justifyContent: "space-between" }}>
              <span>{name ? `${name}, ${amount(at, goal.unit)}` : amount(at, goal.unit)}</span>
              <State is={day ? "good" : "open"}>{day ? mediumDate(day) : `${amount(at - goal.progress, goal.unit)} to go`}</State>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
