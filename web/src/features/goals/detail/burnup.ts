// The columns of the burn-up: one row for each day on which any line bends.
import { addDays, daysBetween, type IsoDate } from "@/lib/days";
import type { Goal, GoalHistory } from "../types";

export type BurnUp = {
  days: IsoDate[];
  total: (number | null)[];
  pace: (number | null)[];
  target: number[];
  low: (number | null)[];
  middle: (number | null)[];
  high: (number | null)[];
};

type Point = { date: IsoDate; value: number };

/** The straight way between points, null outside of them. */
function between(points: Point[], date: IsoDate): number | null {
  const next = points.findIndex((point) => point.date >= date);
  const after = points[next];
  if (!after) return null;
  if (after.date === date) return after.value;
  const before = points[next - 1];
  if (!before) return null;
  const part = daysBetween(before.date, date) / daysBetween(before.date, after.date);
  return before.value + part * (after.value - before.value);
}

/** The last day that counts: today, or the one on which the goal was closed. */
export const lastDay = ({ ended_on }: Goal, today: IsoDate): IsoDate => (ended_on && ended_on < today ? ended_on : today);

/** The pace line holds what the deadline asks for, evenly from the start. */
function paceOf({ start, deadline, target }: Goal): Point[] {
  return deadline ? [{ date: addDays(start, -1), value: 0 }, { date: deadline, value: target }] : [];
}

export function burnUp(goal: Goal, { days: lived, fan }: Pick<GoalHistory, "days" | "fan">, today: IsoDate): BurnUp {
  const last = lastDay(goal, today);
  const pace = paceOf(goal);
  const so_far = lived.filter(({ date }) => date <= last);
  const now = so_far.at(-1)?.total ?? 0;
  const ahead = (of: "low" | "middle" | "high") => [{ date: last, value: now }, ...fan.map((point) => ({ date: point.date, value: point[of] }))];
  const [low, middle, high] = fan.length > 0 ? [ahead("low"), ahead("middle"), ahead("high")] : [[], [], []];
  const bends = [goal.start, last, ...so_far.map(({ date }) => date), ...pace.map(({ date }) => date), ...fan.map(({ date }) => date)];
  const first = addDays(goal.start, -1);
  const days = [...new Set([first, ...bends])].toSorted();
  let total = 0;
  let next = 0;
  return {
    days,
    total: days.map((date) => {
      while (next < so_far.length && so_far[next]!.date <= date) total = so_far[next++]!.total;
      return date <= last ? total : null;
    }),
    pace: days.map((date) => between(pace, date)),
    target: days.map(() => goal.target),
    low: days.map((date) => between(low!, date)),
    middle: days.map((date) => between(middle!, date)),
    high: days.map((date) => between(high!, date)),
  };
}

/** How high the picture must be: the target and all that was done, with a little air. What may come is cut off above. */
export const heightOf = ({ total, target }: BurnUp): [number, number] => {
  const done = total.filter((value) => value !== null);
  return [Math.min(0, ...done), Math.max(target[0] ?? 0, ...done) * 1.1];
};
