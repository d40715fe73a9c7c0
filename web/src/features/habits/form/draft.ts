// A habit while it is being written: every choice keeps its own value, so changing one's mind loses nothing.
import type { Direction, Habit, Hue, NewHabit, Schedule } from "@/api/types";
import { lackingIn, type Slot, slotOf, textOf } from "@/features/reminders/times";

export type Kind = Schedule["kind"];

export type Draft = {
  name: string;
  question: string;
  icon: string;
  color: Hue;
  tags: string;
  start: string;
  kind: Kind;
  weekdays: number[];
  everyDays: number;
  timesAWeek: number;
  timesAMonth: number;
  counts: boolean;
  target: string;
  unit: string;
  direction: Direction;
  slots: Slot[];
};

export const emptyDraft = (today: string): Draft => ({
  name: "",
  question: "",
  icon: "",
  color: "teal",
  tags: "",
  start: today,
  kind: "daily",
  weekdays: [0, 2, 4],
  everyDays: 2,
  timesAWeek: 3,
  timesAMonth: 4,
  counts: false,
  target: "",
  unit: "",
  direction: "at_least",
  slots: [],
});

export function draftOf(habit: Habit): Draft {
  const { schedule } = habit;
  const empty = emptyDraft(habit.start);
  return {
    ...empty,
    name: habit.name,
    question: habit.question,
    icon: habit.icon ?? "",
    color: habit.color ?? "teal",
    tags: habit.tags.join(", "),
    kind: schedule.kind,
    weekdays: schedule.kind === "weekdays" ? schedule.days : empty.weekdays,
    everyDays: schedule.kind === "every_n_days" ? schedule.n : empty.everyDays,
    timesAWeek: schedule.kind === "per_week" ? schedule.n : empty.timesAWeek,
    timesAMonth: schedule.kind === "per_month" ? schedule.n : empty.timesAMonth,
    counts: habit.target !== null,
    target: habit.target === null ? "" : String(habit.target),
    unit: habit.unit ?? "",
    direction: habit.direction ?? "at_least",
    slots: habit.reminders.map(slotOf),
  };
}

export function scheduleOf(draft: Draft, weekStart: number): Schedule {
  switch (draft.kind) {
    case "weekdays":
      return { kind: "weekdays", days: draft.weekdays.toSorted() };
    case "every_n_days":
      return { kind: "every_n_days", n: draft.everyDays };
    case "per_week":
      return { kind: "per_week", n: draft.timesAWeek, week_start: weekStart };
    case "per_month":
      return { kind: "per_month", n: draft.timesAMonth };
    case "weekly_total":
      return { kind: "weekly_total", week_start: weekStart };
    default:
      return { kind: draft.kind };
  }
}

/** A weekly total is made of amounts; something to avoid has none. */
export const usesAmounts = ({ kind, counts }: Draft): boolean => kind === "weekly_total" || (counts && kind !== "avoid");

export function ruleOf(draft: Draft, weekStart: number) {
  const target = usesAmounts(draft) && Number(draft.target) > 0 ? Number(draft.target) : null;
  return {
    schedule: scheduleOf(draft, weekStart),
    target,
    direction: target === null ? null : draft.direction,
    unit: target === null ? null : draft.unit.trim() || null,
  };
}

export function inputOf(draft: Draft, weekStart: number): NewHabit {
  return {
    name: draft.name.trim(),
    question: draft.question.trim(),
    icon: draft.icon.trim() || null,
    color: draft.color,
    tags: [...new Set(draft.tags.split(",").map((tag) => tag.trim()).filter(Boolean))],
    start: draft.start,
    reminders: draft.slots.map(textOf),
    ...ruleOf(draft, weekStart),
  };
}

/** What still keeps the draft from being a habit, by field. */
export function missing(draft: Draft): Record<string, string> {
  const found: Record<string, string> = {};
  if (!draft.name.trim()) found.name = "Give it a name.";
  if (draft.kind === "weekdays" && draft.weekdays.length === 0) found.schedule = "Choose at least one weekday.";
  if (usesAmounts(draft) && !(Number(draft.target) > 0)) found.target = "How much? A number above 0.";
  const reminders = lackingIn(draft.slots);
  if (reminders) found.reminders = reminders;
  return found;
}
