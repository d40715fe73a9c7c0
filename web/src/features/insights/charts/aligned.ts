// Habits begin and end on days of their own; one picture and one table need the same days for all of them.
import type { IsoDate } from "@/lib/days";
import type { HabitDays } from "../types";

export type Aligned = { dates: IsoDate[]; strengths: (number | null)[][] };

/** Every day that any of the curves knows, in order, and each curve's strengths on them: null before it began and after it ended. */
export function aligned(curves: Pick<HabitDays, "days">[]): Aligned {
  const dates = [...new Set(curves.flatMap(({ days }) => days.map(({ date }) => date)))].toSorted();
  const strengths = curves.map(({ days }) => {
    const known = new Map(days.map(({ date, strength }) => [date, strength]));
    return dates.map((date) => known.get(date) ?? null);
  });
  return { dates, strengths };
}
