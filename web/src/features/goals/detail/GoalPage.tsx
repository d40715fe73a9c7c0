// One goal in full: the way it has come, the ways it may go on, and what brought it there.
import { useMemo, useState } from "react";
import { inWords, Problem } from "@/api/problem";
import { habitDayNow } from "@/api/session";
import { Button, ButtonLink } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { State } from "@/components/State";
import { usePageTitle } from "@/lib/hooks";
import type { Draft } from "../form/draft";
import { GoalSheet } from "../form/GoalSheet";
import { useGoal, useGoalHistory } from "../queries";
import { Spoken } from "../Spoken";
import type { Goal } from "../types";
import { adviceFor, deadlineInWords, verdictOf } from "../words";
import { BurnUpCard } from "./BurnUpCard";
import { Care } from "./Care";
import { Entries } from "./Entries";
import { Headline } from "./Headline";
import { MilestonesCard } from "./MilestonesCard";
import { Sources } from "./Sources";

/** A goal that shows is gone only if the server says so; an address that never led to one is refused instead. */
const isGone = (error: unknown, known: boolean) =>
  error instanceof Problem && (error.status === 404 || (error.status === 422 && !known));

export default function GoalPage({ id }: { id: string }) {
  const { data, error, isError, isPaused, refetch } = useGoal(id);
  usePageTitle(data?.name ?? "Goal");
  if (isGone(error, !!data))
    return (
      <div className="page">
        <Notice role="alert" title="This goal is not here any more.">
          <ButtonLink href="/goals">All goals</ButtonLink>
        </Notice>
      </div>
    );
  if (!data)
    return (
      <div className="page">
        {isError || isPaused ? (
          <Notice role="alert" title={error ? inWords(error) : "You are offline. This goal opens when you are back."}>
            <Button onClick={() => void refetch()}>Try again</Button>
          </Notice>
        ) : (
          <div className="loading" role="status" aria-label="Loading goal" />
        )}
      </div>
    );
  return <Shown goal={data} />;
}

function Shown({ goal }: { goal: Goal }) {
  const history = useGoalHistory(goal.id);
  const [editing, setEditing] = useState<Partial<Draft> | null>(null);
  const goals = useMemo(() => [goal], [goal]);
  const today = habitDayNow();
  const verdict = verdictOf(goal);
  const deadline = deadlineInWords(goal, today);
  return (
    <div className="page-wide stack">
      <header className="row" style={{ justifyContent: "space-between", gap: "0.75rem" }}>
        <div style={{ flex: "1 1 16rem", minInlineSize: 0 }}>
          <h1 style={{ overflowWrap: "anywhere" }}>{goal.name}</h1>
          <p className="row" style={{ rowGap: 0 }}>
            <State is={verdict.is}>{verdict.words}</State>
            {deadline && <span className="muted">{deadline}</span>}
          </p>
        </div>
        <Button onClick={() => setEditing({})}>Edit</Button>
      </header>
      <Advice goal={goal} today={today} onLater={(day) => setEditing(day ? { deadline: day } : {})} />
      <Headline goal={goal} today={today} />
      <div className="columns">
        <div className="stack">
          <BurnUpCard goal={goal} history={history} today={today} />
          <Entries goal={goal} today={today} />
        </div>
        <div className="stack">
          <Sources goal={goal} />
          <MilestonesCard goal={goal} onAdd={() => setEditing({})} />
          <Care goal={goal} />
        </div>
      </div>
      <Spoken goals={goals} />
      {editing && <GoalSheet goal={goal} wish={editing} onClose={() => setEditing(null)} />}
    </div>
  );
}

type AdviceProps = { goal: Goal; today: string; onLater: (day: string) => void };

function Advice({ goal, today, onLater }: AdviceProps) {
  const words = adviceFor(goal, today);
  const { likely } = goal.forecast;
  if (!words) return null;
  return (
    <Notice tone="warn">
      <p>{words}</p>
      <Button onClick={() => onLater(likely && likely > (goal.deadline ?? "") ? likely : "")}>Change the deadline</Button>
    </Notice>
  );
}
