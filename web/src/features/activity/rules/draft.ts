// A rule while it is being written. The value of a condition is JSON when it reads as such, and text otherwise.
import type { Habit } from "@/api/types";
import { countsAmounts } from "@/features/check-ins/subject";
import type { NewRule, Rule, Scalar } from "../types";

export type How = "once" | "fixed" | "from";
export type Condition = { name: string; value: string };
export type Draft = { type: string; conditions: Condition[]; habit: string; how: How; amount: string; from: string };

export const blank: Draft = { type: "", conditions: [], habit: "", how: "once", amount: "1", from: "" };

/** `3` is a number, `true` is a truth, `"3"` is a text, and so is what is none of these. */
export function valueOf(written: string): Scalar {
  const text = written.trim();
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? text : (value as Scalar);
  } catch {
    return text;
  }
}

/** How a value is written so that it is read as the same value. */
export const textOf = (value: Scalar): string => (typeof value === "string" && valueOf(value) === value ? value : JSON.stringify(value));

export const draftOf = ({ event_type, metadata, habit_id, amount, amount_from }: Rule): Draft => ({
  type: event_type,
  conditions: Object.entries(metadata).map(([name, value]) => ({ name, value: textOf(value) })),
  habit: habit_id,
  how: amount_from !== null ? "from" : amount !== null ? "fixed" : "once",
  amount: String(amount ?? 1),
  from: amount_from ?? "",
});

const named = ({ conditions }: Draft) => conditions.filter(({ name }) => name.trim());

/** A habit without amounts is only checked in. */
export function ruleOf(draft: Draft, habit: Habit | undefined): NewRule {
  const how = habit && countsAmounts(habit) ? draft.how : "once";
  return {
    event_type: draft.type.trim(),
    metadata: Object.fromEntries(named(draft).map(({ name, value }) => [name.trim(), valueOf(value)])),
    habit_id: draft.habit,
    amount: how === "fixed" ? Number(draft.amount) : null,
    amount_from: how === "from" ? draft.from.trim() : null,
  };
}

export function missing(draft: Draft, habit: Habit | undefined): Record<string, string> {
  const found: Record<string, string> = {};
  const rule = ruleOf(draft, habit);
  if (!rule.event_type) found.type = "Which events? For example login.";
  if (!habit) found.habit = "Choose a habit.";
  if (rule.amount !== null && !(rule.amount > 0)) found.amount = "A number above 0.";
  if (rule.amount_from === "") found.from = "The name under which the number stands in the metadata.";
  if (new Set(named(draft).map(({ name }) => name.trim())).size < named(draft).length) found.conditions = "Each name can be asked for once.";
  if (draft.conditions.some(({ name, value }) => !name.trim() && value.trim())) found.conditions = "Give each condition a name.";
  return found;
}
