// Every habit of the span in a row, beside the span before it.
import { Link } from "wouter";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Explain } from "@/components/Explain";
import { StrengthBar } from "@/components/Strength";
import { downloadCsv } from "@/lib/csv";
import { number } from "@/lib/words";
import type { HabitFigures, Summary } from "../types";
import { delta, rate } from "../words";

const exact = (share: number | null) => (share === null ? null : Number(share.toFixed(4)));

function save({ habits, days }: Summary): void {
  downloadCsv(`habits-${days}-days`, [
    ["habit", "unit", "successes", "due", "rate", "rate_before", "strength", "strength_before"],
    ...habits.map((each) => [
      each.name,
      each.unit,
      each.successes,
      each.due,
      ...[each.rate, each.before, each.strength, each.strength_before].map(exact),
    ]),
  ]);
}

export function HabitsCard({ summary }: { summary: Summary }) {
  return (
    <Card title="How did each habit go?">
      <p className="muted">
        The last {number(summary.days)} days.
        {summary.before.due > 0 && ` Small: the change in points against the ${number(summary.days)} days before.`}
      </p>
      <div style={{ overflowX: "auto" }} tabIndex={0} role="group" aria-label="Habits of this time">
        <table>
          <thead>
            <tr>
              <th scope="col">Habit</th>
              <th scope="col">Done</th>
              <th scope="col">Rate</th>
              <th scope="col">Strength</th>
            </tr>
          </thead>
          <tbody>
            {summary.habits.map((habit) => (
              <Row key={habit.habit_id} habit={habit} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="row" style={{ justifyContent: "space-between", alignItems: "start" }}>
        <Explain question="How is this computed?">
          <p>
            Only days that are over count, or weeks and months where the habit is asked for so many times in one. Skipped and paused
            days ask for nothing. The change is in points of a hundred.
          </p>
        </Explain>
        <Button kind="quiet" onClick={() => save(summary)}>
          Save as CSV
        </Button>
      </div>
    </Card>
  );
}

function Row({ habit }: { habit: HabitFigures }) {
  return (
    <tr>
      <th scope="row" style={{ minInlineSize: "5.5rem", overflowWrap: "anywhere" }}>
        <Link href={`/habits/${habit.habit_id}`}>{habit.name}</Link>
        {habit.archived && " (archived)"}
      </th>
      <td style={{ whiteSpace: "nowrap" }}>
        {number(habit.successes)} of {number(habit.due)}
        {habit.unit !== "day" && <Small>{`${habit.unit}s`}</Small>}
      </td>
      <td>
        {rate(habit.rate)} <Change now={habit.rate} before={habit.before} />
      </td>
      <td>
        {rate(habit.strength)} <Change now={habit.strength} before={habit.strength_before} />
        {habit.strength !== null && <StrengthBar strength={habit.strength} />}
      </td>
    </tr>
  );
}

const Change = ({ now, before }: { now: number | null; before: number | null }) =>
  now !== null && before !== null && <Small>{delta(now, before)}</Small>;

const Small = ({ children }: { children: string }) => (
  <small className="muted" style={{ display: "block", whiteSpace: "nowrap" }}>
    {children}
  </small>
);
