// "When do I do it, when do I feel how?": the hours of the week.
import { useState } from "react";
import charts from "@/components/Chart.module.css";
import { Choice } from "@/components/Choice";
import { FewKey, type Look, WeekMatrix, weekOrder } from "@/components/WeekMatrix";
import { useFaces } from "@/features/moods/queries";
import { nearest } from "@/features/moods/page/pixels";
import { number, plural, weekdayNames } from "@/lib/words";
import { Loaded } from "../page/Loaded";
import { useHours } from "../queries";
import type { HourCell, Hours } from "../types";
import { one } from "../words";
import { ChartCard } from "./ChartCard";

type Shown = "check_ins" | "moods";

const FEW = 3;
const STEPS = 4;
const options: { value: Shown; label: string }[] = [
  { value: "check_ins", label: "Check-ins" },
  { value: "moods", label: "Moods" },
];
const names: Record<Shown, string> = { check_ins: "check-in", moods: "mood" };

const hourOf = ({ weekday, hour }: HourCell) => `${weekdayNames[weekday]} from ${String(hour).padStart(2, "0")}:00`;

/** "Most check-ins came on Monday from 07:00: 12 of 140." */
export function hoursInWords(cells: HourCell[], shown: Shown): string {
  const total = cells.reduce((sum, cell) => sum + cell[shown], 0);
  if (total === 0) return `No ${names[shown]}s in this time.`;
  const most = cells.reduce((best, cell) => (cell[shown] > best[shown] ? cell : best));
  return `Most ${names[shown]}s came on ${hourOf(most)}: ${number(most[shown])} of ${number(total)}.`;
}

function lookOf(cell: HourCell | undefined, shown: Shown, most: number): Look {
  if (!cell || cell[shown] === 0) return null;
  if (cell[shown] < FEW) return "few";
  if (shown === "moods") return cell.mood === null ? null : { mood: nearest(cell.mood) };
  return { level: Math.max(1, Math.ceil((cell.check_ins / most) * STEPS)) };
}

export function HoursChart({ days }: { days: number }) {
  return (
    <Loaded query={useHours(days)} what="the hours of your week" height="26rem">
      {(hours) => <Week hours={hours} days={days} />}
    </Loaded>
  );
}

function Week({ hours: { cells }, days }: { hours: Hours; days: number }) {
  const [shown, setShown] = useState<Shown>("check_ins");
  const faces = useFaces();
  const words = hoursInWords(cells, shown);
  const most = Math.max(1, ...cells.map(({ check_ins }) => check_ins));
  const byPlace = new Map(cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  const order = weekOrder();
  const sorted = cells
    .filter((cell) => cell[shown] > 0)
    .toSorted((a, b) => order.indexOf(a.weekday) - order.indexOf(b.weekday) || a.hour - b.hour);
  return (
    <ChartCard
      title={shown === "moods" ? "When do I feel how?" : "When do I do it?"}
      words={words}
      controls={<Choice legend="What the squares show" hideLegend compact options={options} value={shown} onChange={setShown} />}
      legend={
        <ul className={charts.legend} aria-label="Legend">
          {shown === "moods" ? faces.map(({ label }, index) => <Key key={label} mood={index + 1} words={label} />) : <Steps most={most} />}
          <FewKey>{`fewer than ${FEW}`}</FewKey>
        </ul>
      }
      table={{
        name: `hours-${days}-days`,
        head: ["Hour", "Check-ins", "Moods", "Mean mood"],
        rows: sorted.map((cell) => [hourOf(cell), number(cell.check_ins), number(cell.moods), cell.mood === null ? "–" : one(cell.mood)]),
        csv: () => [
          ["weekday", "hour", "check_ins", "moods", "mood"],
          ...cells.map(({ weekday, hour, check_ins, moods, mood }) => [weekdayNames[weekday]!, hour, check_ins, moods, mood]),
        ],
      }}
      how={
        <p>
          Each square is one hour of one weekday, by the clock of the place where you were. A mood’s square is the mean of what was said
          then; {plural(FEW - 1, "entry", "entries")} or fewer are too little to tell, so they are hatched.
        </p>
      }
    >
      <WeekMatrix look={(weekday, hour) => lookOf(byPlace.get(`${weekday} ${hour}`), shown, most)} summary={`${options.find(({ value }) => value === shown)!.label} by weekday and hour. ${words}`} />
    </ChartCard>
  );
}

const Square = ({ level }: { level?: number }) => (
  <svg viewBox="0 0 14 14" aria-hidden="true">
    <rect width="14" height="14" rx="3" className={charts.day} data-level={level} />
  </svg>
);

const Key = ({ mood, words }: { mood: number; words: string }) => (
  <li data-mood={mood}>
    <Square />
    {words}
  </li>
);

const Steps = ({ most }: { most: number }) => (
  <li>
    {[1, 2, 3, 4].map((level) => (
      <Square key={level} level={level} />
    ))}
    few to {number(most)}
  </li>
);
