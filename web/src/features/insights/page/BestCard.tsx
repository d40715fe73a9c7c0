// The best and the hardest day of the span, and the records of all time.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { Card } from "@/components/Card";
import { Facts } from "@/components/Facts";
import { dateRange, mediumDate, plural, weekdayName } from "@/lib/words";
import type { DayCount, Summary } from "../types";
import { outOf } from "../words";

const dayOf = (day: DayCount) => `${weekdayName(day.date)}, ${mediumDate(day.date)}: ${outOf(day)} done`;

export function BestCard({ summary: { best_day, worst_day, records } }: { summary: Summary }) {
  const { most_done, perfect_run, best_streak } = records;
  const found: [string, ReactNode][] = [];
  if (best_day) found.push(["Best day", dayOf(best_day)]);
  if (worst_day) found.push(["Hardest day", dayOf(worst_day)]);
  const ever: [string, ReactNode][] = [];
  if (most_done) ever.push(["Most on one day", `${plural(most_done.done, "habit")}, ${mediumDate(most_done.date)}`]);
  if (perfect_run)
    ever.push(["Everything done", `${plural(perfect_run.days, "day")} in a row, ${dateRange(perfect_run.first, perfect_run.last)}`]);
  if (best_streak)
    ever.push([
      "Best streak",
      <>
        {plural(best_streak.length, best_streak.unit)}, <Link href={`/habits/${best_streak.habit_id}`}>{best_streak.name}</Link>
      </>,
    ]);
  if (found.length + ever.length === 0) return null;
  return (
    <Card title="Best and hardest days">
      {found.length > 0 ? <Facts of={found} /> : <p className="muted">The days of this time were all alike.</p>}
      {ever.length > 0 && (
        <>
          <h3>Records of all time</h3>
          <Facts of={ever} />
        </>
      )}
    </Card>
  );
}
