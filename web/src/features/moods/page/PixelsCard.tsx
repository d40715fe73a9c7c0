// "How was my year?": every day one small square.
import { useMemo } from "react";
import { habitDayNow } from "@/api/session";
import { inWords } from "@/api/problem";
import type { Face, MoodDay } from "@/api/types";
import { IconButton } from "@/components/Button";
import { Card } from "@/components/Card";
import charts from "@/components/Chart.module.css";
import { Explain } from "@/components/Explain";
import { Twin } from "@/components/Twin";
import { outbox } from "@/features/outbox/outbox";
import type { IsoDate } from "@/lib/days";
import { useStore } from "@/lib/store";
import { number, spokenDate } from "@/lib/words";
import { overlayYear } from "../overlay";
import { useFaces, useMoodYear } from "../queries";
import { Pixels } from "./Pixels";
import { dayInWords, yearInWords } from "./pixels";
import type { MoodView } from "./view";

const nothing: MoodDay[] = [];

function useDays(year: number) {
  const query = useMoodYear(year);
  const waiting = useStore(outbox, ({ moods }) => moods);
  const days = useMemo(() => {
    const own = waiting.filter(({ date }) => date.startsWith(`${year}-`));
    return overlayYear(query.data?.days ?? nothing, own).toSorted((one, other) => one.date.localeCompare(other.date));
  }, [query.data, waiting, year]);
  return { query, days };
}

export function PixelsCard({ view, onOpen }: { view: MoodView; onOpen: (date: IsoDate) => void }) {
  const { year, thisYear, setYear } = view;
  const { query, days } = useDays(year);
  const faces = useFaces();
  const summary = query.data || days.length > 0 ? yearInWords(days, faces) : query.isError ? inWords(query.error) : "Loading…";
  return (
    <Card
      title={`${year} in pixels`}
      aside={
        <div style={{ display: "flex", marginBlock: "-0.5rem", marginInlineEnd: "-0.6rem" }}>
          <IconButton icon="previous" label="Year before" onClick={() => setYear(year - 1)} />
          <IconButton icon="next" label="Year after" disabled={year >= thisYear} onClick={() => setYear(year + 1)} />
        </div>
      }
    >
      <p className="muted">{summary}</p>
      <Pixels year={year} days={days} faces={faces} today={habitDayNow()} summary={summary} onOpen={onOpen} />
      <Legend faces={faces} />
      <Twin
        name={`moods-${year}`}
        head={["Day", "Mood", "Mean", "Moods"]}
        rows={days
          .toReversed()
          .map((day) => [spokenDate(day.date), dayInWords(day, faces), number(Math.round(day.mean * 10) / 10), number(day.count)])}
        csv={() => [
          ["date", "mean", "count", "lowest", "highest"],
          ...days.map(({ date, mean, count, lowest, highest }) => [date, Number(mean.toFixed(4)), count, lowest, highest]),
        ]}
      />
      <Explain question="How is this computed?">
        <p>
          A square has the colour of the day’s mean, rounded to the nearest face. Dots tell that there was more than one mood,
          up to four of them. The day turns when your habit day does, not at midnight.
        </p>
      </Explain>
    </Card>
  );
}

function Legend({ faces }: { faces: Face[] }) {
  return (
    <ul className={charts.legend} aria-label="Legend">
      {faces.map(({ label }, index) => (
        <li key={label} data-mood={index + 1}>
          <Square />
          {label}
        </li>
      ))}
      <li>
        <Square />
        nothing said
      </li>
      <li data-mood="4">
        <Square dots />
        several moods
      </li>
    </ul>
  );
}

const Square = ({ dots }: { dots?: boolean }) => (
  <svg viewBox="0 0 18 14" aria-hidden="true">
    <rect width="18" height="14" rx="3" className={charts.day} />
    {dots && [6.75, 11.25].map((x) => <circle key={x} cx={x} cy="10.5" r="1.4" className={charts.dot} />)}
  </svg>
);
