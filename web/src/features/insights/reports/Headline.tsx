// The report in a few numbers.
import { Facts } from "@/components/Facts";
import { Card } from "@/components/Card";
import { Figure, Figures } from "@/components/Figures";
import { mediumDate, plural, weekdayName } from "@/lib/words";
import type { DayCount, Report } from "../types";
import { change, one, outOf, rate } from "../words";

const dayOf = (day: DayCount) => `${weekdayName(day.date)}, ${mediumDate(day.date)}: ${outOf(day)} done`;

export function Headline({ report }: { report: Report }) {
  const { kind, before, mood, best_day, worst_day } = report;
  const period = kind === "weekly" ? "week" : "month";
  const found: [string, string][] = [];
  if (best_day) found.push(["Best day", dayOf(best_day)]);
  if (worst_day) found.push(["Hardest day", dayOf(worst_day)]);
  return (
    <>
      <Figures>
        <Figure name={`${outOf(report)} done`}>
          {rate(report.rate)} {report.rate !== null && before.rate !== null && <small style={{ display: "block" }}>{change(report.rate, before.rate)}</small>}
        </Figure>
        <Figure name={`The ${period} before: ${outOf(before)}`}>{rate(before.rate)}</Figure>
        <Figure name={mood ? `Mood of 5, ${plural(mood.n, "entry", "entries")}` : "No moods"}>{mood ? one(mood.mean) : "–"}</Figure>
        <Figure name={`Mood the ${period} before`}>{mood?.before ? one(mood.before) : "–"}</Figure>
      </Figures>
      {found.length > 0 && (
        <Card title="Best and hardest day">
          <Facts of={found} />
        </Card>
      )}
    </>
  );
}
