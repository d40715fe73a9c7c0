// A year of days as a calendar of weeks, and what each day is worth in it.
import type { HistoryDay } from "@/api/types";
import { addDays, daysBetween, type IsoDate, startOfWeek } from "@/lib/days";
import { number, plural } from "@/lib/words";

export type Level = "0" | "1" | "2" | "3" | "4" | "skipped" | "missed" | "outside";

/** 4 is done; 1 to 3 are thirds of the way there. */
export function levelOf({ state, amount }: HistoryDay, target: number | null): Level {
  switch (state) {
    case "done":
    case "kept":
      return "4";
    case "partial":
      return target && amount ? (String(Math.min(3, Math.floor((amount / target) * 3) + 1)) as Level) : "2";
    case "over":
      return "1";
    case "skipped":
    case "paused":
      return "skipped";
    case "missed":
    case "no":
    case "slip":
      return "missed";
    case "before":
    case "future":
      return "outside";
    default:
      return "0";
  }
}

export type Span = { from: IsoDate; to: IsoDate };

/** The last so many weeks up to `end`, beginning with a whole week. */
export const lastWeeks = (weeks: number, end: IsoDate, weekStart: number): Span => ({
  from: addDays(startOfWeek(end, weekStart), -7 * (weeks - 1)),
  to: end,
});

export const wholeYear = (year: number, today: IsoDate): Span => {
  const end = `${year}-12-31`;
  return { from: `${year}-01-01`, to: end < today ? end : today };
};

export function place(date: IsoDate, first: IsoDate): { week: number; row: number } {
  const index = daysBetween(first, date);
  return { week: Math.floor(index / 7), row: index % 7 };
}

export const yearsOf = (from: IsoDate, to: IsoDate): number[] => {
  const first = Number(from.slice(0, 4));
  const last = Number(to.slice(0, 4));
  return Array.from({ length: last - first + 1 }, (_, index) => last - index);
};

/** "264 of 326 days done, 4 skipped." */
export function summary(days: HistoryDay[]): string {
  const done = days.filter(({ state }) => state === "done" || state === "kept").length;
  const asked = done + days.filter(({ state }) => ["missed", "no", "slip", "partial", "over"].includes(state)).length;
  const skipped = days.filter(({ state }) => state === "skipped" || state === "paused").length;
  if (asked + skipped === 0) return "Nothing was due in this time.";
  const rest = skipped > 0 ? `, ${number(skipped)} skipped or paused` : "";
  return `${number(done)} of ${plural(asked, "day")} done${rest}.`;
}
