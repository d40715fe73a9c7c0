// A stretch of days as a calendar of weeks: seven rows, a column for each week.
import { addDays, daysBetween, type IsoDate, startOfWeek } from "./days";

/** How a day looks in it: 0 to 4 is how much was done, the rest says why nothing could be. */
export type Level = "0" | "1" | "2" | "3" | "4" | "skipped" | "missed" | "outside";

export type Span = { from: IsoDate; to: IsoDate };

/** The last so many weeks up to `end`, beginning with a whole week. */
export const lastWeeks = (weeks: number, end: IsoDate, weekStart: number): Span => ({
  from: addDays(startOfWeek(end, weekStart), -7 * (weeks - 1)),
  to: end,
});

export function place(date: IsoDate, first: IsoDate): { week: number; row: number } {
  const index = daysBetween(first, date);
  return { week: Math.floor(index / 7), row: index % 7 };
}
