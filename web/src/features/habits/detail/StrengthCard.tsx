// "Is the habit sticking?": the strength over time as a curve, and month by month as a table.
import { lazy, Suspense, useMemo, useState } from "react";
import type { Habit, History, HistoryDay } from "@/api/types";
import { Card } from "@/components/Card";
import charts from "@/components/Chart.module.css";
import { Choice } from "@/components/Choice";
import { Explain } from "@/components/Explain";
import { monthAndYear, percent } from "@/lib/words";

const StrengthCurve = lazy(() => import("./StrengthCurve"));

const spans = [
  { value: 90, label: "90 days" },
  { value: 365, label: "365 days" },
  { value: 0, label: "All" },
];

function sentence(days: HistoryDay[]): string {
  const first = days[0]?.strength ?? 0;
  const last = days.at(-1)?.strength ?? 0;
  const change = last - first;
  if (days.length < 14) return `Strength is ${percent(last)}. Two weeks make a curve worth reading.`;
  if (Math.abs(change) < 0.03) return `Strength is ${percent(last)}, as it was at the start of this time.`;
  return `Strength is ${percent(last)}, ${change > 0 ? "up" : "down"} from ${percent(first)}.`;
}

/** The last day of every month: a table a person can read. */
const monthEnds = (days: HistoryDay[]) =>
  days.filter(({ date }, index) => days[index + 1]?.date.slice(0, 7) !== date.slice(0, 7)).toReversed();

export function StrengthCard({ habit, history }: { habit: Habit; history: History }) {
  const [span, setSpan] = useState(365);
  const days = useMemo(() => (span ? history.days.slice(-span) : history.days), [history.days, span]);
  const words = sentence(days);
  return (
    <Card title="Is it sticking?">
      <p className="muted">{words}</p>
      <Choice legend="Time shown" hideLegend compact options={spans} value={span} onChange={setSpan} />
      <div className={charts.curve} role="img" aria-label={`Strength of ${habit.name} over time. ${words}`}>
        <Suspense>
          <StrengthCurve days={days} hue={habit.color ?? "teal"} />
        </Suspense>
      </div>
      <Explain question="Show as table">
        <table>
          <thead>
            <tr>
              <th scope="col">End of</th>
              <th scope="col">Strength</th>
            </tr>
          </thead>
          <tbody>
            {monthEnds(days).map(({ date, strength }) => (
              <tr key={date}>
                <td>{monthAndYear(date)}</td>
                <td>{percent(strength ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Explain>
    </Card>
  );
}
