// One goal at a glance: how far, how fast, until when, and what brought it there.
import { Link } from "wouter";
import type { Habit } from "@/api/types";
import { Card } from "@/components/Card";
import { State } from "@/components/State";
import { ProgressBar } from "./ProgressBar";
import type { Goal } from "./types";
import { adviceFor, amount, deadlineInWords, forecastInWords, isOver, milestonesInWords, paceInWords, progressInWords, shareInWords, verdictOf } from "./words";

type Props = { goal: Goal; habits: Map<string, Habit>; today: string };

const between = { justifyContent: "space-between" };

/** "Run 180 km, by hand 32 km" */
function sourcesInWords(goal: Goal, habits: Map<string, Habit>): string {
  const said = goal.habits.map((link) => `${habits.get(link.habit_id)?.name ?? "a habit"} ${amount(link.contributed, goal.unit)}`);
  if (goal.by_hand !== 0) said.push(`by hand ${amount(goal.by_hand, goal.unit)}`);
  if (goal.by_rules) said.push(`by rules ${amount(goal.by_rules, goal.unit)}`);
  return said.join(", ");
}

export function GoalCard({ goal, habits, today }: Props) {
  const verdict = verdictOf(goal);
  const advice = adviceFor(goal, today);
  const sources = sourcesInWords(goal, habits);
  const deadline = deadlineInWords(goal, today);
  const milestones = milestonesInWords(goal);
  return (
    <Card aria-label={goal.name}>
      <div className="row" style={{ ...between, flexWrap: "nowrap" }}>
        <h2 style={{ overflowWrap: "anywhere", minInlineSize: 0 }}>
          <Link href={`/goals/${goal.id}`} style={{ display: "block", paddingBlock: "0.65rem", marginBlock: "-0.65rem" }}>
            {goal.name}
          </Link>
        </h2>
        <State is={verdict.is}>{verdict.words}</State>
      </div>
      <ProgressBar goal={goal} />
      <p className="row" style={{ ...between, rowGap: 0 }}>
        <strong>{progressInWords(goal)}</strong>
        <span className="muted">{shareInWords(goal)}</span>
      </p>
      {!isOver(goal) && goal.remaining > 0 && <p>{paceInWords(goal, today)}</p>}
      <p>{forecastInWords(goal, today)}</p>
      {advice && <p className="error">{advice}</p>}
      <div className="muted">
        {deadline && <p>{deadline}</p>}
        {milestones && <p>{milestones}</p>}
        {sources && <p style={{ overflowWrap: "anywhere" }}>Counted: {sources}.</p>}
      </div>
    </Card>
  );
}
