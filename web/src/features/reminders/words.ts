// How reminders sound.
import { clockIn } from "@/lib/days";
import { clock, longDate } from "@/lib/words";
import type { HabitReminders, Nudge, Why } from "./types";

const because: Record<Why, string> = {
  time: "a time you chose",
  nudge: "a nudge",
  follow_up: "once more, if it is still open",
  snooze: "as you asked",
};

/** "Today at 20:00, a nudge." The day is that of the reader's own clock. */
export function nextInWords(next: HabitReminders["next"], zone: string, now = Date.now()): string {
  if (!next) return "No reminder is planned.";
  const then = clockIn(zone, Date.parse(next.at));
  const days = [clockIn(zone, now).date, clockIn(zone, now + 86_400_000).date];
  const day = ["Today", "Tomorrow"][days.indexOf(then.date)] ?? longDate(then.date);
  return `${day} at ${then.time}, ${because[next.why]}.`;
}

export const isMoved = ({ at, learned_at }: Pick<Nudge, "at" | "learned_at">): boolean => Boolean(learned_at) && learned_at !== at;

/** How nudges of a habit stand. */
export function nudgeInWords(nudge: Nudge, zone: string): string {
  const { enabled, at, learned_at, reason, resting_until, doubted } = nudge;
  if (!enabled) return "Nudges are off.";
  if (doubted) return "Nudges stopped, because they went unanswered for a while. Should they go on?";
  if (resting_until && Date.parse(resting_until) > Date.now()) {
    const until = clockIn(zone, Date.parse(resting_until));
    return `Nudges rest until ${longDate(until.date)}, ${clock(resting_until, zone)}, because they went unanswered.`;
  }
  if (!isMoved(nudge)) return `Nudges come at ${at}, the time you chose.`;
  return `Nudges come at ${learned_at} now, instead of ${at}.${reason ? ` ${reason}` : ""}`;
}
