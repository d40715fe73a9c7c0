// What a rule says, what came of it, and what would come of it.
import type { Habit } from "@/api/types";
import { amountWithUnit, instant, list, number, plural } from "@/lib/words";
import type { NewRule, Preview, Rule } from "../types";
import { textOf } from "./draft";

const GONE = "a habit that is archived or gone";

function deed({ amount, amount_from }: NewRule, habit: Habit | undefined): string {
  const name = habit?.name ?? GONE;
  if (amount_from !== null) return `add the number in ${amount_from} to ${name}`;
  if (amount !== null) return `add ${amountWithUnit(amount, habit?.unit ?? null)} to ${name}`;
  return `check in ${name}`;
}

/** "When login with source = web arrives, check in Read." */
export function ruleInWords(rule: NewRule, habit: Habit | undefined): string {
  const conditions = Object.entries(rule.metadata).map(([name, value]) => `${name} = ${textOf(value)}`);
  return `When ${rule.event_type}${conditions.length > 0 ? ` with ${list(conditions)}` : ""} arrives, ${deed(rule, habit)}.`;
}

export function historyInWords({ fired, last_fired_at }: Rule): string {
  if (fired === 0 || last_fired_at === null) return "It has not come to a check-in yet.";
  return `${plural(fired, "check-in")}, the last ${instant(last_fired_at)}.`;
}

/** "This would have matched 14 of the last 200 events, which go back to 3 Nov 2026, 14:05." */
export function previewInWords({ matched, looked_at, since }: Preview): string {
  if (looked_at === 0) return "There are no events yet to try it on.";
  if (looked_at === 1) return `This would ${matched === 1 ? "have matched" : "not have matched"} the only event there is.`;
  return `This would have matched ${matched === 0 ? "none" : number(matched)} of the last ${number(looked_at)} events${since ? `, back to ${instant(since)}` : ""}.`;
}
