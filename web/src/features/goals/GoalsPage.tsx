// What habits add up to: every goal with its pace, its range of days, and what still helps.
import { type ReactNode, useMemo } from "react";
import { inWords } from "@/api/problem";
import { habitDayNow } from "@/api/session";
import { Button } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { Notice } from "@/components/Notice";
import { usePageTitle } from "@/lib/hooks";
import { capitalised, number } from "@/lib/words";
import { GoalSheet } from "./form/GoalSheet";
import { GoalCard } from "./GoalCard";
import { useGoals, useLinkedHabits } from "./queries";
import { Spoken } from "./Spoken";
import type { Goal } from "./types";
import { type Filter, filters, useGoalsView } from "./view";

const grid = {
  display: "grid",
  gap: "1rem",
  gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 24rem), 1fr))",
};
const none: Goal[] = [];

export default function GoalsPage() {
  usePageTitle("Goals");
  const view = useGoalsView();
  const living = useGoals(false);
  const archived = useGoals(true, view.show === "archived");
  const asked = view.show === "archived" ? archived : living;
  const all = living.data?.items ?? none;
  const shown = useMemo(() => {
    const items = asked.data?.items;
    return items?.filter(({ state }) => state === (view.show === "open" ? "active" : view.show));
  }, [asked.data, view.show]);
  const habits = useLinkedHabits(shown?.flatMap((goal) => goal.habits) ?? []);
  const today = habitDayNow();
  const count = (filter: Filter) => all.filter(({ state }) => state === (filter === "open" ? "active" : filter)).length;
  const label = (filter: Filter) => (living.data && filter !== "archived" ? `${capitalised(filter)} (${number(count(filter))})` : capitalised(filter));

  return (
    <div className="page-wide stack">
      <header className="row" style={{ justifyContent: "space-between" }}>
        <h1>Goals</h1>
        <Button kind="primary" onClick={() => view.setWriting(true)}>
          New goal
        </Button>
      </header>
      <Choice
        legend="Goals shown"
        hideLegend
        compact
        options={filters.map((filter) => ({ value: filter, label: label(filter) }))}
        value={view.show}
        onChange={view.setShow}
      />
      {!shown && (asked.isError || asked.isPaused) && (
        <Notice
          tone={asked.isError ? "warn" : "calm"}
          role={asked.isError ? "alert" : "status"}
          title={asked.isError ? "Couldn't load your goals." : "You are offline. Your goals open when you are back."}
        >
          {asked.isError && <p>{inWords(asked.error)}</p>}
          <Button onClick={() => void asked.refetch()}>Try again</Button>
        </Notice>
      )}
      {!shown && asked.isPending && !asked.isPaused && (
        <div style={grid} role="status" aria-label="Loading goals">
          <div className="loading" />
          <div className="loading" />
        </div>
      )}
      {shown?.length === 0 && <Nothing show={view.show} other={all.length} onNew={() => view.setWriting(true)} />}
      {shown && shown.length > 0 && (
        <ul style={grid} aria-label={`${capitalised(view.show)} goals`}>
          {shown.map((goal) => (
            <li key={goal.id}>
              <GoalCard goal={goal} habits={habits} today={today} />
            </li>
          ))}
        </ul>
      )}
      <Spoken goals={all} />
      {view.writing && <GoalSheet onClose={() => view.setWriting(false)} />}
    </div>
  );
}

function Nothing({ show, other, onNew }: { show: Filter; other: number; onNew: () => void }): ReactNode {
  if (show === "completed") return <Notice title="Nothing is completed yet. A goal comes here once it is reached." />;
  if (show === "archived") return <Notice title="Nothing is archived." />;
  return (
    <Notice title={other > 0 ? "All your goals are completed." : "Pick a habit and a number."}>
      <p className="muted">
        {other > 0
          ? "What would you like your habits to add up to next?"
          : "For example 500 km of running, or 24 books. Every check-in then counts by itself."}
      </p>
      <Button onClick={onNew}>{other > 0 ? "Set a new goal" : "Set the first goal"}</Button>
    </Notice>
  );
}
