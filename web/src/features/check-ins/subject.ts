// What a check-in needs to know about its habit, wherever the habit came from.
import type { Habit, TodayItem } from "@/api/types";

export type Subject = Pick<
  Habit,
  "id" | "name" | "question" | "schedule" | "target" | "direction" | "unit" | "icon" | "color"
>;

export const subjectOf = (item: TodayItem): Subject => ({ ...item, id: item.habit_id });

export const isAvoided = ({ schedule }: Pick<Subject, "schedule">): boolean => schedule.kind === "avoid";

export const isQuota = ({ schedule }: Pick<Subject, "schedule">): boolean =>
  ["per_week", "per_month", "weekly_total"].includes(schedule.kind);

export const countsAmounts = ({ target }: Pick<Subject, "target">): boolean => target !== null;

/** Beyond this, adding one by one is no help (steps, calories): a tap asks for the amount instead. */
const COUNTABLE = 100;

export const addsOneByOne = ({ target }: Pick<Subject, "target">): boolean => target !== null && target <= COUNTABLE;

/** `weekly_total` has its target for the week; everything else for the day. */
export const dayTarget = ({ schedule, target }: Pick<Subject, "schedule" | "target">): number | null =>
  schedule.kind === "weekly_total" ? null : target;
