// How a day, a rule and a run sound: plain, kind, short.
import type { Day, DayState, Direction, Schedule, Stats, TodayItem } from "@/api/types";
import type { IsoDate } from "@/lib/days";
import { amountWithUnit, list, number, percent, plural, spokenDate, weekdayNames } from "@/lib/words";
import { countsAmounts, dayTarget, isAvoided, type Subject } from "./subject";

const stateWords: Record<DayState, string> = {
  done: "done",
  partial: "partly done",
  over: "over the limit",
  skipped: "skipped",
  paused: "paused",
  missed: "missed",
  no: "not done",
  slip: "slipped",
  kept: "kept",
  open: "open",
  free: "not due",
  before: "before the start",
  future: "still to come",
};

type Rules = Pick<Subject, "schedule" | "target" | "unit">;

/** "done", "5 of 8 glasses", "kept so far". */
export function dayInWords(day: Pick<Day, "state" | "amount">, habit: Rules): string {
  if (isAvoided(habit) && day.state === "open") return "kept so far";
  const target = dayTarget(habit);
  if (day.amount !== null && countsAmounts(habit) && ["done", "partial", "over"].includes(day.state)) {
    if (target === null) return amountWithUnit(day.amount, habit.unit);
    if (day.state === "done" && day.amount === target) return "done";
    return `${number(day.amount)} of ${amountWithUnit(target, habit.unit)}`;
  }
  return stateWords[day.state];
}

/** The name of a check-in button: "Read 20 pages, Tuesday 17 November, done". */
export function dayLabel(habit: Rules & { name: string }, day: Day, waiting: boolean): string {
  const words = dayInWords(day, habit);
  return `${habit.name}, ${spokenDate(day.date)}, ${waiting ? `${words}, waiting to be sent` : words}`;
}

export function streakInWords({ streak, unit }: Stats): string {
  return `${plural(streak, unit)} in a row`;
}

const periodWords: Partial<Record<Schedule["kind"], string>> = {
  per_week: "this week",
  per_month: "this month",
  weekly_total: "this week",
};

function quotaInWords({ period, schedule, unit }: TodayItem): string {
  const done = `${number(period!.done)} of ${schedule.kind === "weekly_total" ? amountWithUnit(period!.target, unit) : number(period!.target)}`;
  return `${done} ${periodWords[schedule.kind] ?? ""}`.trim();
}

function runOrStrength(stats: Stats): string {
  if (stats.streak > 1) return streakInWords(stats);
  if (stats.total === 0) return "A fresh start";
  return `Strength ${percent(stats.strength)}`;
}

/** The quiet line under a habit's name on Today. */
export function noteLine(item: TodayItem, missedYesterday: boolean): string {
  const { state, stats, amount } = item;
  if (state === "skipped") return "Skipped. Your run continues.";
  if (state === "paused") return "Paused. Enjoy the break.";
  if (state === "slip") return `Slipped. One day changes little. Strength ${percent(stats.strength)}`;
  if (state === "no") return "Not today. One day changes little.";
  if (state === "over") return `${dayInWords(item, item)}. Over the limit, and that is all right.`;
  if (item.period) return item.satisfied ? `${quotaInWords(item)}. That is enough.` : quotaInWords(item);
  if (isAvoided(item)) return stats.streak > 0 ? `Kept so far. ${streakInWords(stats)}` : "Kept so far";
  if (state === "partial") return `${dayInWords(item, item)}. ${runOrStrength(stats)}`;
  if (state === "open" && missedYesterday) return `Missed yesterday. Strength ${percent(stats.strength)}`;
  if (state === "done" && amount !== null && amount !== item.target)
    return `${amountWithUnit(amount, item.unit)}. ${runOrStrength(stats)}`;
  return runOrStrength(stats);
}

const everyWeekday = (days: number[]) => {
  const sorted = days.toSorted();
  if (sorted.join() === "0,1,2,3,4") return "every weekday";
  if (sorted.join() === "5,6") return "every weekend";
  if (sorted.length === 7) return "every day";
  return `every ${list(sorted.map((day) => weekdayNames[day]!))}`;
};

function rhythm(schedule: Schedule): string {
  switch (schedule.kind) {
    case "daily":
      return "every day";
    case "weekdays":
      return everyWeekday(schedule.days);
    case "every_n_days":
      return schedule.n === 1 ? "every day" : schedule.n === 2 ? "every other day" : `every ${schedule.n} days`;
    case "per_week":
      return schedule.n === 1 ? "once a week" : `${schedule.n} times a week`;
    case "per_month":
      return schedule.n === 1 ? "once a month" : `${schedule.n} times a month`;
    case "weekly_total":
      return "in total each week";
    case "avoid":
      return "avoid it, every day";
  }
}

export type Rule = { schedule: Schedule; target: number | null; direction: Direction | null; unit: string | null };

/** "Every Monday, Wednesday and Friday, at least 20 pages". */
export function ruleInWords({ schedule, target, direction, unit }: Rule): string {
  const when = rhythm(schedule);
  if (target === null) return when.charAt(0).toUpperCase() + when.slice(1);
  const limit = `${direction === "at_most" ? "at most" : "at least"} ${amountWithUnit(target, unit)}`;
  const sentence = schedule.kind === "weekly_total" ? `${limit} ${when}` : `${when}, ${limit}`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** What a toast says right after a tap. */
export function doneInWords(habit: Rules & { name: string }, day: Day, today: IsoDate): string {
  const when = day.date === today ? "" : `, ${spokenDate(day.date)}`;
  const untouched = ["open", "missed", "free", "kept"].includes(day.state);
  if (untouched) return `${habit.name}${when}: cleared.`;
  if (day.state === "skipped") return `${habit.name}${when}: skipped. Your run continues.`;
  return `${habit.name}${when}: ${dayInWords(day, habit)}.`;
}
