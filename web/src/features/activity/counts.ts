// What the counts of a day come to.
import { number, plural } from "@/lib/words";
import type { Count } from "./types";
import { hourOf } from "./words";

const sumsBy = (counts: Count[], name: "event_type" | "hour") => {
  const sums = new Map<string, number>();
  for (const count of counts) sums.set(count[name], (sums.get(count[name]) ?? 0) + count.n);
  return [...sums].toSorted(([one, n], [other, m]) => m - n || one.localeCompare(other));
};

/** The most frequent first. */
export const byType = (counts: Count[]) => sumsBy(counts, "event_type").map(([type, n]) => ({ type, n }));

/** "Most often login, 210 times. The fullest hour began at 14:00, with 80." */
export function dayInWords(counts: Count[], zone: string): string {
  const [type] = byType(counts);
  const [hour] = sumsBy(counts, "hour");
  if (!type || !hour) return "Nothing came. Quiet is fine.";
  return `Most often ${type.type}, ${plural(type.n, "time")}. The fullest hour began at ${hourOf(hour[0], zone)}, with ${number(hour[1])}.`;
}
