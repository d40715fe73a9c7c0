// A rule while it is being written. The value of a condition is JSON when it reads as such, and text otherwise.
import type { NewRule, Rule, Scalar } from "../types";
import type { Feeds, Target } from "./target";

export type How = "once" | "fixed" | "from";
export type Condition = { name: string; value: string };
export type Draft = { type: string; conditions: Condition[]; feeds: Feeds; target: string; how: How; amount: string; from: string };

export const blank: Draft = { type: "", conditions: [], feeds: "habit", target: "", how: "once", amount: "1", from: "" };

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

export const draftOf = ({ event_type, metadata, habit_id, goal_id, amount, amount_from }: Rule): Draft => ({
  type: event_type,
  conditions: Object.entries(metadata).map(([name, value]) => ({ name, value: textOf(value) })),
  feeds: goal_id === null ? "habit" : "goal",
  target: goal_id ?? habit_id ?? "",
  how: amount_from !== null ? "from" : amount !== null ? "fixed" : "once",
  amount: String(amount ?? 1),
  from: amount_from ?? "",
});

const named = ({ conditions }: Draft) => conditions.filter(({ name }) => name.trim());

/** A habit without amounts is only checked in; a goal without an amount gets 1. */
function howOf({ feeds, how }: Draft, target: Target | undefined): How {
  if (feeds === "goal") return how === "once" ? "fixed" : how;
  return target?.counts ? how : "once";
}

export function ruleOf(draft: Draft, target: Target | undefined): NewRule {
  const how = howOf(draft, target);
  const id = draft.target;
  return {
    event_type: draft.type.trim(),
    metadata: Object.fromEntries(named(draft).map(({ name, value }) => [name.trim(), valueOf(value)])),
    habit_id: draft.feeds === "habit" ? id : null,
    goal_id: draft.feeds === "goal" ? id : null,
    amount: how === "fixed" ? Number(draft.amount) : null,
    amount_from: how === "from" ? draft.from.trim() : null,
  };
}

export function missing(draft: Draft, target: Target | undefined): Record<string, string> {
  const found: Record<string, string> = {};
  const rule = ruleOf(draft, target);
  if (!rule.event_type) found.type = "Which events? For example login.";
  if (!target) found.target = `Choose a ${draft.feeds}.`;
  if (rule.amount !== null && !(rule.amount > 0)) found.amount = "A number above 0.";
  if (rule.amount_from === "") found.from = "The name under which the number stands in the metadata.";
  if (new Set(named(draft).map(({ name }) => name.trim())).size < named(draft).length) found.conditions = "Each name can be asked for once.";
  if (draft.conditions.some(({ name, value }) => !name.trim() && value.trim())) found.conditions = "Give each condition a name.";
  return found;
}
