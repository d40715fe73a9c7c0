// "Will I make the goal?": the title is the answer.
import type { UseQueryResult } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import chart from "@/components/Chart.module.css";
import { Explain } from "@/components/Explain";
import { Twin } from "@/components/Twin";
import { number, spokenDate } from "@/lib/words";
import type { Goal, GoalHistory } from "../types";
import { answerOf, amount, forecastInWords, isOver, paceInWords, progressInWords, rounded } from "../words";
import { burnUp } from "./burnup";

const BurnUpLines = lazy(() => import("./BurnUpLines"));

const nothing = { days: [], fan: [] };
const figure = (value: number) => number(rounded(value));

type Props = { goal: Goal; history: UseQueryResult<GoalHistory>; today: string };

export function BurnUpCard({ goal, history, today }: Props) {
  const seen = history.data ?? nothing;
  const lines = useMemo(() => burnUp(goal, seen, today), [goal, seen, today]);
  const open = !isOver(goal) && goal.remaining > 0;
  const words = `${progressInWords(goal)}. ${open ? `${paceInWords(goal, today)} ` : ""}${forecastInWords(goal, today)}`;
  return (
    <Card title={answerOf(goal)}>
      <p className="muted">{words}</p>
      <div className={chart.curve} role="img" aria-label={`The way of ${goal.name} to ${amount(goal.target, goal.unit)}. ${words}`}>
        {history.data && (
          <Suspense>
            <BurnUpLines lines={lines} milestones={goal.milestones} />
          </Suspense>
        )}
      </div>
      {history.isError && !history.data && (
        <Notice onAgain={() => void history.refetch()}>{inWords(history.error)}</Notice>
      )}
      <Legend goal={goal} fan={open && (seen.fan.length > 0 || goal.forecast.earliest !== null)} />
      <Twin
        name={`goal ${goal.name}`}
        head={["Day", "Added", "Total", "May stand at"]}
        rows={[
          ...seen.fan.toReversed().map(({ date, low, high }) => [spokenDate(date), "", "", `${figure(low)} to ${figure(high)}`]),
          ...seen.days.toReversed().map(({ date, added, total }) => [spokenDate(date), figure(added), figure(total), ""]),
        ]}
        csv={() => [
          ["date", "added", "total", "low", "middle", "high"],
          ...seen.days.map(({ date, added, total }) => [date, added, total, null, null, null]),
          ...seen.fan.map(({ date, low, middle, high }) => [date, null, null, ...[low, middle, high].map((value) => Number(value.toFixed(4)))]),
        ]}
      />
      <HowComputed />
    </Card>
  );
}

const Notice = ({ children, onAgain }: { children: string; onAgain: () => void }) => (
  <div className="row" role="alert">
    <p className="error">{children}</p>
    <Button onClick={onAgain}>Try again</Button>
  </div>
);

function Key({ words, children }: { words: string; children: ReactNode }) {
  return (
    <li>
      <svg viewBox="0 0 26 14" aria-hidden="true" fill="none">
        {children}
      </svg>
      {words}
    </li>
  );
}

function Legend({ goal, fan }: { goal: Goal; fan: boolean }) {
  return (
    <ul className={chart.legend} aria-label="Legend">
      <Key words="done">
        <path d="M1 12H9V7H17V3H25" stroke="var(--accent)" strokeWidth="2.75" />
      </Key>
      <Key words="goal">
        <path d="M0 7H26" stroke="var(--text)" strokeWidth="1.5" />
      </Key>
      {goal.deadline && (
        <Key words="even pace to the deadline">
          <path d="M0 12 26 3" stroke="var(--muted)" strokeWidth="1.75" strokeDasharray="8 5" />
        </Key>
      )}
      {fan && (
        <Key words="likely, and where nine in ten ways lead">
          <path d="M0 7 26 0V14Z" className={chart.keyBand} />
          <path d="M0 7H26" stroke="var(--accent)" strokeWidth="2" strokeDasharray="2 4" />
        </Key>
      )}
      {goal.milestones.length > 0 && (
        <Key words="milestone">
          <path d="M13 2 18 7 13 12 8 7Z" fill="var(--text)" />
        </Key>
      )}
    </ul>
  );
}

const HowComputed = () => (
  <Explain question="How is this computed?">
    <p>
      Progress is everything since the first day: each done check-in of the habits that count, or its amount, times its weight, and
      what you added by hand. Pace is what was added in the last 28 days, for each of those days.
    </p>
    <p>
      The range comes from 300 ways it may go on, each put together from whole weeks of the last twelve. Nine in ten of them lie in
      it; “likely” is the middle one. Before three whole weeks it is too early, and nothing farther than five years is told.
    </p>
    <p>“On pace” means that at least half of these ways keep the deadline, “behind” that fewer do.</p>
  </Explain>
);
