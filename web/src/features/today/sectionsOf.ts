// What a day asks for comes first; what is met for the week and what is not due stays calm below.
import type { TodayItem } from "@/api/types";

const touched = (item: TodayItem) => item.count > 0 || item.state === "skipped" || item.state === "no";

export type Sections = { due: TodayItem[]; met: TodayItem[]; notDue: TodayItem[] };

/** Sorted by the server's answer alone, so a row never jumps away under the finger that taps it. */
export function sectionsOf(items: TodayItem[]): Sections {
  const met = items.filter((item) => item.satisfied && !touched(item));
  const notDue = items.filter((item) => !item.due && !item.satisfied && !touched(item));
  const aside = new Set([...met, ...notDue]);
  return { due: items.filter((item) => !aside.has(item)), met, notDue };
}
