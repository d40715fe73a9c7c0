// One habit in full: how it is going, its year, its strength, and everything that was ever noted or changed.
import { useState } from "react";
import { inWords, Problem } from "@/api/problem";
import { Button, ButtonLink } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { DaySheet } from "@/features/check-ins/DaySheet";
import { ruleInWords } from "@/features/check-ins/words";
import { RemindersCard } from "@/features/reminders/RemindersCard";
import type { IsoDate } from "@/lib/days";
import { usePageTitle } from "@/lib/hooks";
import { mediumDate } from "@/lib/words";
import { useHabit, useHistory } from "../queries";
import { BestRuns } from "./BestRuns";
import { Care } from "./Care";
import styles from "./HabitPage.module.css";
import { Headline } from "./Headline";
import { Notes } from "./Notes";
import { Pauses } from "./Pauses";
import { StrengthCard } from "./StrengthCard";
import { Versions } from "./Versions";
import { YearCard } from "./YearCard";

export default function HabitPage({ id }: { id: string }) {
  const habit = useHabit(id);
  const history = useHistory(id);
  const [day, setDay] = useState<IsoDate | null>(null);
  usePageTitle(habit.data?.name ?? "Habit");

  if (habit.error instanceof Problem && habit.error.status < 500)
    return (
      <div className="page">
        <Notice role="alert" title="This habit is not here any more.">
          <ButtonLink href="/habits">All habits</ButtonLink>
        </Notice>
      </div>
    );
  if (!habit.data)
    return (
      <div className="page">
        {habit.isError || habit.isPaused ? (
          <Notice role="alert" title={habit.error ? inWords(habit.error) : "You are offline. This habit opens when you are back."}>
            <Button onClick={() => void habit.refetch()}>Try again</Button>
          </Notice>
        ) : (
          <div className="loading" role="status" aria-label="Loading habit" />
        )}
      </div>
    );

  const { name, icon, question, color, archived_on } = habit.data;
  const loaded = history.data;
  return (
    <div className="page-wide stack" data-hue={color ?? "teal"}>
      <header className={styles.header}>
        <div>
          <h1>
            {icon && <span aria-hidden="true">{icon} </span>}
            {name}
          </h1>
          <p className="muted">{ruleInWords(habit.data)}</p>
          {question && <p>{question}</p>}
        </div>
        <div className="row">
          {loaded && !archived_on && <Button onClick={() => setDay(loaded.to)}>Check in</Button>}
          <ButtonLink href={`/habits/${id}/edit`}>Edit</ButtonLink>
        </div>
      </header>
      {archived_on && <Notice title={`Archived since ${mediumDate(archived_on)}. Its figures rest as they were.`} />}
      <Headline habit={habit.data} />
      {history.isError && (
        <Notice role="alert" title="Couldn't load the history.">
          <Button onClick={() => void history.refetch()}>Try again</Button>
        </Notice>
      )}
      {!loaded && !history.isError && <div className="loading" role="status" aria-label="Loading history" />}
      {loaded && (
        <>
          <YearCard habit={habit.data} history={loaded} onOpen={setDay} />
          <div className={styles.pair}>
            <StrengthCard habit={habit.data} history={loaded} />
            <BestRuns habit={habit.data} runs={loaded.runs} />
          </div>
        </>
      )}
      <div className={styles.pair}>
        <Notes habit={habit.data} onOpen={setDay} />
        <div className="stack">
          {!archived_on && habit.data.schedule.kind !== "avoid" && <RemindersCard habit={habit.data} />}
          <Pauses habit={habit.data} />
          <Versions habit={habit.data} />
          <Care habit={habit.data} />
        </div>
      </div>
      {day && <DaySheet habit={habit.data} date={day} today={loaded?.to ?? day} onClose={() => setDay(null)} hideLink />}
    </div>
  );
}
