// All habits side by side over the last days, to look after them rather than to check in.
import { useMemo, useState } from "react";
import { inWords } from "@/api/problem";
import { Button, ButtonLink } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { Notice } from "@/components/Notice";
import { DaySheet, type Opened } from "@/features/check-ins/DaySheet";
import { useMedia, usePageTitle } from "@/lib/hooks";
import { Archived } from "./Archived";
import { Filter, Tags } from "./Filter";
import styles from "./Filter.module.css";
import { Grid } from "./Grid";
import { GridSkeleton } from "./GridSkeleton";
import { Legend } from "./Legend";
import { useGrid, useHabits } from "./queries";
import { Reorder } from "./Reorder";
import { spans, useHabitsView } from "./view";

export default function HabitsPage() {
  usePageTitle("Habits");
  const wide = useMedia("(min-width: 900px)");
  const view = useHabitsView(wide ? 14 : 7);
  const habits = useHabits(false);
  const grid = useGrid(view.days);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [wantsOrder, setWantsOrder] = useState(false);

  const all = habits.data?.items;
  const shown = useMemo(() => all?.filter(view.matches), [all, view.matches]);
  const canOrder = !!all && all.length > 1;
  const ordering = wantsOrder && canOrder;

  return (
    <div className="page-wide stack">
      <header className="row" style={{ justifyContent: "space-between" }}>
        <h1>Habits</h1>
        <ButtonLink href="/habits/new" kind="primary">
          New habit
        </ButtonLink>
      </header>

      {habits.isError && !all && (
        <Notice tone="warn" role="alert" title="Couldn't load your habits.">
          <p>{inWords(habits.error)}</p>
          <Button onClick={() => void habits.refetch()}>Try again</Button>
        </Notice>
      )}
      {habits.isPaused && !all && <Notice role="status" title="You are offline. Your habits open when you are back." />}
      {all?.length === 0 && (
        <Notice title="No habits yet.">
          <p className="muted">Pick one small thing you would like to do more often.</p>
          <ButtonLink href="/habits/new">Write the first one</ButtonLink>
        </Notice>
      )}

      {ordering && all ? (
        <Reorder habits={all} />
      ) : (
        <>
          {all && all.length > 0 && (
            <div className={styles.controls}>
              <Filter view={view} />
              <Choice
                legend="Days shown"
                hideLegend
                compact
                options={spans.map((days) => ({ value: days, label: wide ? `${days} days` : String(days), spoken: `${days} days` }))}
                value={view.days}
                onChange={view.setDays}
              />
              <Tags view={view} habits={all} />
            </div>
          )}
          {habits.isPending && !habits.isPaused && <GridSkeleton />}
          {shown && all!.length > 0 && (
            <>
              {shown.length === 0 && <p className="muted">No habit matches.</p>}
              <Grid habits={shown} grid={grid.data} days={view.days} onOpen={setOpened} />
              <Legend />
            </>
          )}
          <Archived />
        </>
      )}
      {canOrder && (
        <div>
          <Button aria-pressed={ordering} onClick={() => setWantsOrder(!ordering)}>
            {ordering ? "Done ordering" : "Change order"}
          </Button>
        </div>
      )}
      {opened && <DaySheet {...opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
