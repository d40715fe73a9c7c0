// What a day looks like once its waiting check-ins have arrived. Pure: the server's answer stays as it was,
// so a refused check-in rolls back by simply not being there any more.
import type { Day, DayState, TodayItem } from "@/api/types";
import type { IsoDate } from "@/lib/days";
import type { Change, Operation } from "./operation";
import { countsAmounts, isAvoided, isQuota, type Subject } from "./subject";

type Rules = Pick<Subject, "schedule" | "target" | "direction">;

function untouched(day: Day, rules: Rules, today: IsoDate): DayState {
  if (isAvoided(rules)) return day.date < today ? "kept" : "open";
  if (day.date >= today) return day.due ? "open" : "free";
  return day.due && !isQuota(rules) ? "missed" : "free";
}

function stateOfAmount(amount: number, rules: Rules): DayState {
  const target = rules.target ?? 0;
  if (rules.direction === "at_most") return amount <= target ? "done" : "over";
  return amount >= target ? "done" : "partial";
}

function withAmount(day: Day, amount: number, rules: Rules): Day {
  return { ...day, amount, state: stateOfAmount(amount, rules), count: Math.max(1, day.count) };
}

function cleared(day: Day, rules: Rules, today: IsoDate): Day {
  return { ...day, state: untouched(day, rules, today), amount: null, count: 0, note: null };
}

function withSet(day: Day, change: Change & { kind: "set" }, rules: Rules): Day {
  const noted = { ...day, note: change.note ?? day.note };
  if (change.state === "skip") return { ...noted, state: "skipped", amount: null, count: 0 };
  if (isAvoided(rules)) return { ...noted, state: "slip", count: 1 };
  if (change.state === "no") return { ...noted, state: "no", amount: null, count: 0 };
  if (!countsAmounts(rules)) return { ...noted, state: "done", count: Math.max(1, day.count) };
  return withAmount(noted, change.amount ?? rules.target ?? 0, rules);
}

function after(day: Day, change: Change, rules: Rules, today: IsoDate): Day {
  switch (change.kind) {
    case "set":
      return withSet(day, change, rules);
    case "clear":
      return cleared(day, rules, today);
    case "add": {
      const counted = { ...day, count: day.count + 1 };
      return countsAmounts(rules)
        ? withAmount(counted, (day.amount ?? 0) + change.amount, rules)
        : { ...counted, state: isAvoided(rules) ? "slip" : "done" };
    }
    case "retract": {
      const amount = (day.amount ?? 0) - change.amount;
      const count = day.count - 1;
      if (count <= 0 || (countsAmounts(rules) && amount <= 0)) return cleared(day, rules, today);
      return countsAmounts(rules) ? { ...withAmount(day, amount, rules), count } : { ...day, count };
    }
  }
}

export function overlay<D extends Day>(day: D, rules: Rules, waiting: readonly Operation[], today: IsoDate): D {
  return waiting.reduce<D>((known, { change }) => ({ ...known, ...after(known, change, rules, today) }), day);
}

const counts = (day: Day) => (day.state === "done" ? 1 : 0);

/** The item with its day replaced and, for quotas, the period's count moved by the difference. */
export function moved(item: TodayItem, next: TodayItem): TodayItem {
  if (!item.period) return next;
  const difference =
    item.schedule.kind === "weekly_total" ? (next.amount ?? 0) - (item.amount ?? 0) : counts(next) - counts(item);
  const period = { ...item.period, done: item.period.done + difference };
  return { ...next, period, satisfied: period.done >= period.target };
}

export function overlayItem(item: TodayItem, waiting: readonly Operation[], today: IsoDate): TodayItem {
  return waiting.length === 0 ? item : moved(item, overlay(item, item, waiting, today));
}
