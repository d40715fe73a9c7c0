// "Is my mood moving?": the mean of seven days, on the band of what was said in them.
import { lazy, Suspense, useMemo } from "react";
import charts from "@/components/Chart.module.css";
import { useFaces } from "@/features/moods/queries";
import { spokenDate } from "@/lib/words";
import { Loaded } from "../page/Loaded";
import { useTrends } from "../queries";
import type { TrendDay } from "../types";
import { one } from "../words";
import { ChartCard } from "./ChartCard";

const LevelLine = lazy(() => import("@/features/moods/page/LevelLine"));

const shown = (value: number | null) => (value === null ? "–" : one(value));
const exact = (value: number | null) => (value === null ? null : Number(value.toFixed(4)));

export function moodInWords(days: TrendDay[]): string {
  const known = days.filter(({ mood_7d }) => mood_7d !== null);
  const [from, to] = [known[0]?.mood_7d ?? null, known.at(-1)?.mood_7d ?? null];
  if (from === null || to === null) return "No moods were said in this time.";
  if (one(from) === one(to)) return `The mean of seven days is ${one(to)} of 5, as at the start of this time.`;
  return `The mean of seven days is ${one(to)} of 5; at the start of this time it was ${one(from)}.`;
}

export function MoodChart({ days }: { days: number }) {
  return (
    <Loaded query={useTrends(days)} what="your moods" height="26rem">
      {(trends) => <Mood days={trends.days} />}
    </Loaded>
  );
}

function Mood({ days }: { days: TrendDay[] }) {
  const faces = useFaces();
  const words = moodInWords(days);
  const line = useMemo(
    () => days.map(({ date, mood, mood_7d, mood_low, mood_high }) => ({ date, mean: mood, level: mood_7d, low: mood_low, high: mood_high })),
    [days],
  );
  return (
    <ChartCard
      title="Is my mood moving?"
      words={words}
      legend={
        <ul className={charts.legend} aria-label="Legend">
          <li>
            <svg viewBox="0 0 22 14" aria-hidden="true">
              <path d="M1 9C7 3 14 12 21 5" className={charts.keyLine} />
            </svg>
            mean of seven days
          </li>
          <li>
            <svg viewBox="0 0 22 14" aria-hidden="true">
              <rect width="22" height="14" rx="3" className={charts.keyBand} />
            </svg>
            middle half of those days’ moods
          </li>
        </ul>
      }
      table={{
        name: `moods-${days.length}-days`,
        head: ["Day", "Mood", "Seven days", "Middle half"],
        rows: days
          .toReversed()
          .map(({ date, mood, mood_7d, mood_low, mood_high }) => [spokenDate(date), shown(mood), shown(mood_7d), `${shown(mood_low)} to ${shown(mood_high)}`]),
        csv: () => [
          ["date", "moods", "mood", "mood_7d", "low", "high"],
          ...days.map(({ date, moods, mood, mood_7d, mood_low, mood_high }) => [date, moods, ...[mood, mood_7d, mood_low, mood_high].map(exact)]),
        ],
      }}
      how={
        <p>
          The line is the mean of all moods of the seven days up to each day. The band holds the middle half of them: a quarter was
          lower, a quarter higher. With fewer than three moods in seven days there is no band.
        </p>
      }
    >
      <div className={charts.curve} role="img" aria-label={`Your mood over ${days.length} days. ${words}`}>
        <Suspense>
          <LevelLine line={line} faces={faces} />
        </Suspense>
      </div>
    </ChartCard>
  );
}
