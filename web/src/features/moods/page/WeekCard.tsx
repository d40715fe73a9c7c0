// "When do I feel how?": every hour of the week, and whether weekdays really differ.
import type { MoodSummary } from "@/api/types";
import { Card } from "@/components/Card";
import charts from "@/components/Chart.module.css";
import { Explain } from "@/components/Explain";
import { Twin } from "@/components/Twin";
import { FewKey, WeekMatrix, weekOrder } from "@/components/WeekMatrix";
import { number, plural, weekdayNames } from "@/lib/words";
import { useFaces } from "../queries";
import { weekInWords, weekTitle } from "../words";
import { nearest } from "./pixels";

const FEW = 3;

const one = (value: number | null) => (value === null ? "–" : number(Math.round(value * 10) / 10));

export function WeekCard({ summary }: { summary: MoodSummary }) {
  const { weekdays, hours: cells } = summary;
  const faces = useFaces();
  const words = weekInWords(weekdays);
  const order = weekOrder();
  const byPlace = new Map(cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  const look = (weekday: number, hour: number) => {
    const cell = byPlace.get(`${weekday} ${hour}`);
    if (!cell) return null;
    return cell.count < FEW ? "few" : { mood: nearest(cell.mean) };
  };
  return (
    <Card title={weekTitle(weekdays)}>
      <p className="muted">{words}</p>
      <WeekMatrix look={look} summary={`Mood by weekday and hour. ${words}`} />
      <ul className={charts.legend} aria-label="Legend">
        {faces.map(({ label }, index) => (
          <li key={label} data-mood={index + 1}>
            <svg viewBox="0 0 14 14" aria-hidden="true">
              <rect width="14" height="14" rx="3" className={charts.day} />
            </svg>
            {label}
          </li>
        ))}
        <FewKey>{`fewer than ${FEW} moods`}</FewKey>
      </ul>
      <Twin
        name="mood-by-weekday"
        head={["Weekday", "Mean", "Moods"]}
        rows={order.map((day) => [weekdayNames[day]!, one(weekdays.means[day] ?? null), number(weekdays.counts[day]!)])}
        csv={() => [
          ["weekday", "hour", "mean", "count"],
          ...cells.map(({ weekday, hour, mean, count }) => [weekdayNames[weekday]!, hour, Number(mean.toFixed(4)), count]),
        ]}
      />
      <Explain question="How is this computed?">
        <p>
          Each square is the mean of what you said on that weekday in that hour, by the clock of the place where you were. Weekdays
          are called different only when chance would make such differences in less than one of a hundred weeks like yours
          (Kruskal-Wallis, p below 0.01), with at least {plural(weekdays.entries_needed, "mood")} on each weekday.
        </p>
      </Explain>
    </Card>
  );
}
