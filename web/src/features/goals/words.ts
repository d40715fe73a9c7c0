// A goal in words: how far it is, whether its pace is enough, and when it may be reached. Plain, and without blame.
import type { Is } from "@/components/State";
import { addDays, daysBetween, type IsoDate } from "@/lib/days";
import { amountWithUnit, dateRange, mediumDate, number, percent, plural } from "@/lib/words";
import type { Goal } from "./types";

const DAYS_BEFORE_FORECAST = 21;
const DAYS_OF_PACE = 28;

/** As exact as anybody reads it: "0.04", "1.25", "12.5", "148". */
export function rounded(value: number): number {
  const size = Math.abs(value);
  const steps = size >= 100 ? 1 : size >= 10 ? 10 : 100;
  return Math.round(value * steps) / steps;
}

export const amount = (value: number, unit: string | null) => amountWithUnit(rounded(value), unit);

export const share = ({ progress, target }: Goal): number => Math.min(1, Math.max(0, progress / target));

/** Never "100 %" while something is missing. */
export const shareInWords = (goal: Goal): string =>
  percent(goal.remaining > 0 ? Math.min(0.99, Math.floor(share(goal) * 100) / 100) : 1);

export const progressInWords = ({ progress, target, unit }: Goal): string =>
  `${number(rounded(progress))} of ${amountWithUnit(target, unit)}`;

export const isOver = ({ state }: Goal): boolean => state !== "active";

export function verdictOf(goal: Goal): { is: Is; words: string } {
  if (goal.state === "archived") return { is: "open", words: "archived" };
  if (goal.remaining === 0) return { is: "good", words: "reached" };
  if (goal.state === "completed") return { is: "good", words: "completed" };
  const { verdict } = goal.forecast;
  if (verdict === "behind") return { is: "bad", words: "behind" };
  if (verdict === "on pace") return { is: "good", words: "on pace" };
  return { is: "open", words: verdict ?? "no deadline" };
}

/** Slow goals are told by the week, so that "0.14 books a day" is "1 book a week". */
export function perTime(paces: number[]): { factor: number; words: string } {
  const least = Math.min(...paces.filter((each) => each > 0));
  return least < 1 ? { factor: 7, words: "a week" } : { factor: 1, words: "a day" };
}

/** "21 km a week over the last 28 days; 24.5 km a week needed." What is needed is left to the advice where there is one. */
export function paceInWords(goal: Goal, today: IsoDate): string {
  const { pace, needed_pace: needed, unit, start } = goal;
  const days = Math.min(DAYS_OF_PACE, daysBetween(start, today) + 1);
  const { factor, words } = perTime([pace, needed ?? 0]);
  const time = days === 1 ? "today" : `over the last ${days} days`;
  const asked = needed && !adviceFor(goal, today) ? `; ${amount(needed * factor, unit)} ${words} needed` : "";
  const added = pace > 0 ? `${amount(pace * factor, unit)} ${words} ${time}` : `Nothing was added ${time}`;
  return `${added}${asked}.`;
}

/** When it may be reached: a range and its middle, or why there is none. */
export function forecastInWords(goal: Goal, today: IsoDate): string {
  const { earliest, likely, latest } = goal.forecast;
  if (goal.remaining === 0) return goal.reached_on ? `Reached on ${mediumDate(goal.reached_on)}.` : "Reached.";
  if (isOver(goal)) return goal.ended_on ? `Closed on ${mediumDate(goal.ended_on)}, so nothing more counts.` : "";
  if (likely && earliest && latest)
    return earliest === latest ? `Likely reached on ${mediumDate(likely)}.` : `Likely reached around ${mediumDate(likely)} (${dateRange(earliest, latest)}).`;
  if (likely && earliest) return `Likely reached around ${mediumDate(likely)}, at the earliest on ${mediumDate(earliest)}.`;
  if (earliest) return `Reached on ${mediumDate(earliest)} at the earliest.`;
  const known = addDays(goal.start, DAYS_BEFORE_FORECAST);
  if (known >= today) return `From ${mediumDate(known)} on, three weeks are enough to foresee a day.`;
  return goal.pace > 0 ? "At this pace it is more than five years away." : "A day can be foreseen once something is added.";
}

export function deadlineInWords({ deadline, state }: Goal, today: IsoDate): string | null {
  if (!deadline) return null;
  const left = daysBetween(today, deadline);
  const day = mediumDate(deadline);
  if (state !== "active") return `Deadline ${day}`;
  if (left < 0) return `Deadline was ${day}`;
  return left === 0 ? "Deadline today" : `Deadline ${day}, ${plural(left, "day")} left`;
}

/** What helps when the pace is too slow: what is still possible, or more time. Null when nothing is behind. */
export function adviceFor(goal: Goal, today: IsoDate): string | null {
  if (verdictOf(goal).words !== "behind" || !goal.deadline) return null;
  if (goal.deadline < today) return "The day has passed. Give it a later one, or call it done as it is.";
  const { factor, words } = perTime([goal.pace, goal.needed_pace ?? 0]);
  const needed = `${amount((goal.needed_pace ?? 0) * factor, goal.unit)} ${words} from now on still gets there.`;
  return goal.forecast.likely ? `${needed} Or give it until ${mediumDate(goal.forecast.likely)}.` : `${needed} Or give it more time.`;
}

export const nextMilestone = (goal: Goal) => goal.milestones.find(({ at }) => at > goal.progress);

export function milestonesInWords(goal: Goal): string | null {
  if (goal.milestones.length === 0) return null;
  const passed = goal.milestones.filter(({ at }) => at <= goal.progress).length;
  const next = nextMilestone(goal);
  const reached = `${passed} of ${plural(goal.milestones.length, "milestone")}`;
  if (!next) return `${reached} reached.`;
  return `${reached} reached. Next: ${next.name ? `${next.name}, ` : ""}${amount(next.at, goal.unit)}.`;
}

/** The answer to "Will I make it?", short enough for a title. */
export function answerOf(goal: Goal): string {
  const { words } = verdictOf(goal);
  if (words === "reached" && goal.reached_on) return `Reached on ${mediumDate(goal.reached_on)}`;
  if (words === "completed" || words === "archived") return goal.ended_on ? `Closed on ${mediumDate(goal.ended_on)}` : "Closed";
  if (words === "on pace") return `On pace for ${mediumDate(goal.deadline!)}`;
  if (words === "behind") return `Behind for ${mediumDate(goal.deadline!)}`;
  if (goal.forecast.likely) return `Likely reached around ${mediumDate(goal.forecast.likely)}`;
  return "Too early to say";
}

export const spokenProgress = (goal: Goal): string => `${goal.name}: ${progressInWords(goal)}, ${shareInWords(goal)}.`;
