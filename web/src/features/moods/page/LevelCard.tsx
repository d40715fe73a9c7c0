// "Is my mood moving?": the title is the answer.
import { lazy, Suspense } from "react";
import type { MoodSummary } from "@/api/types";
import { Card } from "@/components/Card";
import charts from "@/components/Chart.module.css";
import { Choice } from "@/components/Choice";
import { Explain } from "@/components/Explain";
import { Twin } from "@/components/Twin";
import { addDays } from "@/lib/days";
import { mediumDate, number, spokenDate } from "@/lib/words";
import { spans, useFaces } from "../queries";
import { ENOUGH_DAYS, levelInWords, lineInWords } from "../words";
import type { MoodView } from "./view";

const LevelLine = lazy(() => import("./LevelLine"));

const one = (value: number | null) => (value === null ? "–" : number(Math.round(value * 10) / 10));
const exact = (value: number | null) => (value === null ? null : Number(value.toFixed(4)));

export function LevelCard({ summary, view }: { summary: MoodSummary; view: MoodView }) {
  const faces = useFaces();
  const words = lineInWords(summary);
  const early = summary.days > 0 && summary.days < ENOUGH_DAYS;
  const { line } = summary;
  return (
    <Card title={levelInWords(summary)}>
      <p className="muted">
        {words}
        {early && ` Come back on ${mediumDate(addDays(summary.to, ENOUGH_DAYS - summary.days))}.`}
      </p>
      <Choice
        legend="Days shown"
        hideLegend
        compact
        options={spans.map((days) => ({ value: days, label: `${days} days` }))}
        value={view.days}
        onChange={view.setDays}
      />
      <div className={charts.curve} role="img" aria-label={`Level of your mood over ${view.days} days. ${words}`}>
        {line.length > 0 && (
          <Suspense>
            <LevelLine line={line} faces={faces} />
          </Suspense>
        )}
      </div>
      <ul className={charts.legend} aria-label="Legend">
        <li>
          <svg viewBox="0 0 22 14" aria-hidden="true">
            <path d="M1 9C7 3 14 12 21 5" className={charts.keyLine} />
          </svg>
          level
        </li>
        <li>
          <svg viewBox="0 0 22 14" aria-hidden="true">
            <rect width="22" height="14" rx="3" className={charts.keyBand} />
          </svg>
          middle half of the 30 days before
        </li>
      </ul>
      <Twin
        name={`mood-level-${view.days}-days`}
        head={["Day", "Mood", "Level", "Middle half"]}
        rows={line.toReversed().map(({ date, mean, level, low, high }) => [spokenDate(date), one(mean), one(level), `${one(low)} to ${one(high)}`])}
        csv={() => [["date", "mean", "level", "low", "high"], ...line.map(({ date, mean, level, low, high }) => [date, exact(mean), exact(level), exact(low), exact(high)])]}
      />
      <Explain question="How is this computed?">
        <p>
          A day’s mood is the mean of what you said that day. The level weighs days by their age: one a week old counts half as
          much as today. “Usual” is the mean of the days shown.
        </p>
        <p>
          The direction is the middle one of all slopes between two weekly means, so single bad weeks do not tilt it. How much it
          moves from day to day compares the last 30 days with your last 90.
        </p>
      </Explain>
    </Card>
  );
}
