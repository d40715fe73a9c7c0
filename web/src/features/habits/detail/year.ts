// The years of one habit, and what each of its days is worth in a calendar.
import type { HistoryDay } from "@/api/types";
import type { IsoDate } from "@/lib/days";
import type { Level, Span } from "@/lib/weeks";
import { number, plural } from "@/lib/words";

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

export const wholeYear = (year: number, today: IsoDate): Span => {
  const end = `${year}-12-31`;
  return { from: `${year}-01-01`, to: end < today ? end : today };
};

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
