// What brought the goal as far as it is: each habit, and what was added by hand.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { Card } from "@/components/Card";
import { amountWithUnit, number } from "@/lib/words";
import { useLinkedHabits } from "../queries";
import type { Goal, Link as Counted } from "../types";
import { amount } from "../words";

const tall = { alignContent: "center", display: "grid", minBlockSize: "var(--target)", marginBlockStart: "-0.6rem" };

function ruleOf({ counts, weight }: Counted, habitUnit: string | null, unit: string | null): string {
  if (counts === "check_ins") return `each check-in counts as ${amountWithUnit(weight, unit)}`;
  return `its ${habitUnit ?? "amounts"} count${weight === 1 ? "" : ` times ${number(weight)}`}`;
}

const Source = ({ words, children }: { words: string; children: ReactNode }) => (
  <li className="row" style={{ justifyContent: "space-between", rowGap: 0 }}>
    <span>{children}</span>
    <strong>{words}</strong>
  </li>
);

export function Sources({ goal }: { goal: Goal }) {
  const habits = useLinkedHabits(goal.habits);
  const alone = goal.habits.length === 0;
  return (
    <Card title="What counts">
      {alone && <p className="muted">No habit counts towards this goal. What you or a rule adds does.</p>}
      <ul className="rows">
        {goal.habits.map((link) => {
          const habit = habits.get(link.habit_id);
          return (
            <Source key={link.habit_id} words={amount(link.contributed, goal.unit)}>
              <Link href={`/habits/${link.habit_id}`} style={tall}>
                {habit?.name ?? "A habit"}
              </Link>
              <span className="muted">{ruleOf(link, habit?.unit ?? null, goal.unit)}</span>
            </Source>
          );
        })}
        {(goal.by_hand !== 0 || alone) && <Source words={amount(goal.by_hand, goal.unit)}>Added by hand</Source>}
        {(goal.by_rules ?? 0) !== 0 && <Source words={amount(goal.by_rules ?? 0, goal.unit)}>Added by rules</Source>}
      </ul>
    </Card>
  );
}
