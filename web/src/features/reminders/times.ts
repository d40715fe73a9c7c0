// Times of the day at which a habit is to be thought of: as the server keeps them, as they are edited, and in words.
import { list, weekdayNames } from "@/lib/words";

/** `days` counts from 0, Monday; all seven of them is every day. */
export type Slot = { time: string; days: number[] };

export const MOST_TIMES = 12;
const names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
export const everyDay: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

/** "07:30" or "mon,wed,fri 18:00" */
export function slotOf(text: string): Slot {
  const [time = "", days] = text.trim().split(/\s+/).toReversed();
  return { time, days: days ? days.split(",").map((name) => names.indexOf(name)).filter((day) => day >= 0) : [...everyDay] };
}

export function textOf({ time, days }: Slot): string {
  const chosen = names.filter((_, day) => days.includes(day));
  return chosen.length === names.length ? time : `${chosen.join(",")} ${time}`;
}

/** What is missing of the times, in words; undefined when nothing is. */
export function lackingIn(slots: Slot[]): string | undefined {
  if (slots.some(({ time }) => !time)) return "Each reminder needs a time.";
  if (slots.some(({ days }) => days.length === 0)) return "Each reminder needs at least one day.";
  return undefined;
}

function daysInWords(days: number[]): string {
  const sorted = days.toSorted();
  if (sorted.length === 7) return "every day";
  if (sorted.join() === "0,1,2,3,4") return "on weekdays";
  return sorted.join() === "5,6" ? "at the weekend" : `on ${list(sorted.map((day) => weekdayNames[day]!))}`;
}

/** "Reminds me at 07:30 every day; at 18:00 on Monday and Friday." */
export function slotsInWords(slots: Slot[]): string {
  const whole = slots.filter(({ time, days }) => time && days.length > 0);
  if (whole.length === 0) return "No reminder at a fixed time.";
  const said = whole.toSorted((one, other) => one.time.localeCompare(other.time)).map(({ time, days }) => `at ${time} ${daysInWords(days)}`);
  return `Reminds me ${said.join("; ")}.`;
}
