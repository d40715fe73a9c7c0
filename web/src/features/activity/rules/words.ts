// What a rule says, what came of it, and what would come of it.
import { amountWithUnit, instant, list, number, plural } from "@/lib/words";
import type { NewRule, Preview, Rule } from "../types";
import { textOf } from "./draft";
import type { Target } from "./target";

const gone = ({ goal_id }: NewRule) => `a ${goal_id ? "goal" : "habit"} that is archived or gone`;

function deed(rule: NewRule, target: Target | undefined): string {
  const { amount, amount_from } = rule;
  const name = target?.name ?? gone(rule);
  const unit = target?.unit ?? null;
  if (amount_from !== null) return `add the number in ${amount_from} to ${name}`;
  if (amount !== null || rule.goal_id) return `add ${amountWithUnit(amount ?? 1, unit)} to ${name}`;
  return `check in ${name}`;
}

/** "When login with source = web arrives, check in Read." */
export function ruleInWords(rule: NewRule, target: Target | undefined): string {
  const conditions = Object.entries(rule.metadata).map(([name, value]) => `${name} = ${textOf(value)}`);
  return `When ${rule.event_type}${conditions.length > 0 ? ` with ${list(conditions)}` : ""} arrives, ${deed(rule, target)}.`;
}

export function historyInWords({ goal_id, fired, last_fired_at }: Rule): string {
  if (fired === 0 || last_fired_at === null) return goal_id ? "It has not added anything yet." : "It has not come to a check-in yet.";
  return `${goal_id ? `Added ${plural(fired, "time")}` : plural(fired, "check-in")}, the last ${instant(last_fired_at)}.`;
}

/** "This would have matched 14 of the last 200 events, back to 3 Nov 2026, 14:05. They add up to 70 km." */
export function previewInWords(preview: Preview, target: Target | undefined): string {
  const { matched, adds_up_to } = preview;
  if (matched === 0 || !target?.counts) return matchesInWords(preview);
  return `${matchesInWords(preview)} ${matched === 1 ? "It adds" : "They add"} up to ${amountWithUnit(adds_up_to, target.unit)}.`;
}

function matchesInWords({ matched, looked_at, since }: Preview): string {
  if (looked_at === 0) return "There are no events yet to try it on.";
  if (looked_at === 1) return `This would ${matched === 1 ? "have matched" : "not have matched"} the only event there is.`;
  return `This would have matched ${matched === 0 ? "none" : number(matched)} of the last ${number(looked_at)} events${since ? `, back to ${instant(since)}` : ""}.`;
}
