// How you feel, how you felt, and when Daybeat asks.
import { useState } from "react";
import { habitDayNow } from "@/api/session";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import type { IsoDate } from "@/lib/days";
import { usePageTitle } from "@/lib/hooks";
import { MoodNow } from "../MoodNow";
import MoodSheet from "../MoodSheet";
import { PromptsCard } from "../prompts/PromptsCard";
import { spans, useMoodSummary, useMoodYear } from "../queries";
import { isRoughWeek } from "../words";
import { LevelCard } from "./LevelCard";
import styles from "./Mood.module.css";
import { PixelsCard } from "./PixelsCard";
import { TagsCard } from "./TagsCard";
import { type MoodView, useMoodView } from "./view";
import { WeekCard } from "./WeekCard";

const LONGEST = Math.max(...spans);

export default function MoodPage() {
  usePageTitle("Mood");
  const view = useMoodView();
  const summary = useMoodSummary(view.days);
  const [day, setDay] = useState<IsoDate | null>(null);
  const shown = summary.data;

  return (
    <div className="page-wide stack">
      <h1>Mood</h1>
      <MoodNow big />
      {shown && isRoughWeek(shown.line) && (
        <Notice title="A rough week. Want to add a note, or talk to someone?">
          <p className="muted">Someone you trust is a good start. What you write stays with you.</p>
          <Button onClick={() => setDay(habitDayNow())}>Add a note</Button>
        </Notice>
      )}
      <div className={styles.columns}>
        <PixelsCard view={view} onOpen={setDay} />
        <div className="stack">
          {!shown && (summary.isError || summary.isPaused) && (
            <Notice role="status" title={summary.error ? inWords(summary.error) : "You are offline. Your figures open when you are back."}>
              <Button onClick={() => void summary.refetch()}>Try again</Button>
            </Notice>
          )}
          {!shown && summary.isPending && !summary.isPaused && <div className="loading" role="status" aria-label="Loading figures" />}
          {shown?.count === 0 && <Nothing view={view} />}
          {shown && shown.count > 0 && (
            <>
              <LevelCard summary={shown} view={view} />
              <WeekCard summary={shown} />
              <TagsCard tags={shown.tags} days={view.days} />
            </>
          )}
          <PromptsCard />
        </div>
      </div>
      {day && <MoodSheet date={day} onClose={() => setDay(null)} />}
    </div>
  );
}

function Nothing({ view }: { view: MoodView }) {
  const before = useMoodYear(view.year).data?.days.length ?? 0;
  return before > 0 && view.days < LONGEST ? (
    <Notice title={`Nothing was said in the last ${view.days} days.`}>
      <Button onClick={() => view.setDays(LONGEST)}>Look at {LONGEST} days</Button>
    </Notice>
  ) : (
    <Notice title="One tap is enough.">
      <p className="muted">After two weeks of moods this page shows where yours is, and when.</p>
    </Notice>
  );
}
