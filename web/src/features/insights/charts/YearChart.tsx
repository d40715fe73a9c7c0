// "Did I keep at it this year?": all habits together, a square for each day.
import { useMemo } from "react";
import { session } from "@/api/session";
import { Heatmap } from "@/components/Heatmap";
import { HeatLegend } from "@/components/HeatLegend";
import type { IsoDate } from "@/lib/days";
import { useMedia } from "@/lib/hooks";
import { number, percent, plural, spokenDate } from "@/lib/words";
import { lastWeeks, type Level } from "@/lib/weeks";
import { Loaded } from "../page/Loaded";
import { useTrends } from "../queries";
import type { DayCount } from "../types";
import { outOf } from "../words";
import { ChartCard } from "./ChartCard";

const legend: [Level[], string][] = [
  [["4"], "everything done"],
  [["1", "2", "3"], "some to most"],
  [["missed"], "nothing done"],
  [["0"], "nothing due"],
];

/** 4 is everything that was due; 1 to 3 are thirds of the way there. */
export function levelOf({ done, due }: Pick<DayCount, "done" | "due">): Level {
  if (due === 0) return done > 0 ? "4" : "0";
  if (done === 0) return "missed";
  return done >= due ? "4" : (String(Math.min(3, Math.floor((done / due) * 3) + 1)) as Level);
}

/** Today is no miss before it is over. */
const isOpen = ({ date, done, due }: DayCount, today: IsoDate) => date === today && done < due;
const levelSoFar = (day: DayCount, today: IsoDate): Level => (day.done === 0 && isOpen(day, today) ? "0" : levelOf(day));

export function yearInWords(days: DayCount[]): string {
  const asking = days.filter(({ due }) => due > 0);
  const done = asking.reduce((sum, day) => sum + Math.min(day.done, day.due), 0);
  const due = asking.reduce((sum, day) => sum + day.due, 0);
  if (due === 0) return "Nothing was due in this time.";
  const whole = asking.filter((day) => day.done >= day.due).length;
  return `${number(done)} of ${number(due)} done, ${percent(done / due)}. Everything on ${plural(whole, "day")} of ${number(asking.length)}.`;
}

const dayInWords = ({ done, due }: DayCount) => (due === 0 && done === 0 ? "Nothing due" : `${outOf({ done, due })} done`);

const YEAR = 365;
const WEEKS_ON_A_PHONE = 26;

export function YearChart() {
  return (
    <Loaded query={useTrends(YEAR)} what="the year" height="26rem">
      {({ days }) => <Year days={days} />}
    </Loaded>
  );
}

function Year({ days }: { days: DayCount[] }) {
  const wide = useMedia("(min-width: 900px)");
  const weekStart = session.get().user?.week_start ?? 0;
  const span = useMemo(() => {
    const whole = { from: days[0]!.date, to: days.at(-1)!.date };
    return wide ? whole : lastWeeks(WEEKS_ON_A_PHONE, whole.to, weekStart);
  }, [days, wide, weekStart]);
  const shown = useMemo(() => days.filter(({ date }) => date >= span.from), [days, span]);
  const cells = useMemo(() => shown.map((day) => ({ date: day.date, level: levelSoFar(day, span.to) })), [shown, span]);
  const words = yearInWords(shown.filter((day) => !isOpen(day, span.to)));
  return (
    <ChartCard
      title={wide ? "Did I keep at it this year?" : `Did I keep at it these ${WEEKS_ON_A_PHONE} weeks?`}
      words={words}
      legend={<HeatLegend of={legend} />}
      table={{
        name: `all-habits-until-${span.to}`,
        head: ["Day", "Done", "Due"],
        rows: shown.toReversed().map(({ date, done, due }) => [spokenDate(date), number(done), number(due)]),
        csv: () => [["date", "done", "due"], ...shown.map(({ date, done, due }) => [date, done, due])],
      }}
      how={
        <p>
          Each square compares what was done with what was due on that day, over all habits. Skipped and paused days ask for nothing.
          Habits with so many times a week count on the days on which they were done.
        </p>
      }
    >
      <Heatmap
        name="All habits"
        days={cells}
        span={span}
        weekStart={weekStart}
        summary={words}
        say={(date) => dayInWords(shown.find((day) => day.date === date)!)}
      />
    </ChartCard>
  );
}
