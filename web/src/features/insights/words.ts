// How chances, changes and verdicts sound. Never surer than the figures are.
import { addDays, daysBetween, type IsoDate } from "@/lib/days";
import { list, longDate, mediumDate, number, percent, plural } from "@/lib/words";
import type { Association, Counts, Risk, Summary, Unit } from "./types";

export const one = (value: number) => number(Math.round(value * 10) / 10);
export const rate = (share: number | null) => (share === null ? "–" : percent(share));
export const outOf = ({ done, due }: Pick<Counts, "done" | "due">) => `${number(done)} of ${number(due)}`;
export const spanInWords = (days: number) => `the last ${days} days`;

/** "12 points up": percentages are compared in points, so that nobody takes them for per cent of per cent. */
export function change(now: number | null, before: number | null): string {
  if (now === null || before === null) return "–";
  const points = Math.round(now * 100) - Math.round(before * 100);
  return points === 0 ? "the same" : `${plural(Math.abs(points), "point")} ${points > 0 ? "up" : "down"}`;
}

const withSign = (value: number) => (value === 0 ? "0" : `${value > 0 ? "+" : "−"}${number(Math.abs(value))}`);

/** "+12": the same points, where there is little room for words. */
export const delta = (now: number, before: number): string => withSign(Math.round(now * 100) - Math.round(before * 100));

const chances: [number, string][] = [
  [0.8, "very likely to be missed"],
  [0.6, "likely to be missed"],
  [0.4, "could go either way"],
  [0.2, "likely to be done"],
  [0, "very likely to be done"],
];

export const chanceInWords = (miss: number): string => chances.find(([from]) => miss >= from)![1];

/** "today", "tomorrow", "Monday, 30 November". */
export function dayInWords(day: IsoDate, today: IsoDate): string {
  const ahead = daysBetween(today, day);
  if (ahead === 0) return "today";
  return ahead === 1 ? "tomorrow" : longDate(day);
}

export const whenDue = ({ day, unit }: Pick<Risk, "day" | "unit">, today: IsoDate) =>
  unit === "day" ? dayInWords(day, today) : day <= today ? `this ${unit}` : `next ${unit}`;

const more = (count: number, unit: Unit) => `${number(count)} more ${count === 1 ? unit : `${unit}s`}`;

/** "Too early to say: Read (7 more days) and Run (2 more weeks)." */
export function tooEarly(risks: Risk[]): string {
  const waiting = risks.flatMap(({ name, missing, unit }) => (missing ? [`${name} (${more(missing, unit)})`] : []));
  return waiting.length > 0 ? `Too early to say: ${list(waiting)}.` : "";
}

const verdicts = { finding: "likely", hint: "maybe", nothing: "no pattern" } as const;

/** "likely", "maybe", "no pattern", "enough on 5 Dec 2026". */
export function verdictInWords({ verdict, enough_on }: Pick<Association, "verdict" | "enough_on">): string {
  if (verdict !== "too little data") return verdicts[verdict];
  return enough_on ? `enough on ${mediumDate(enough_on)}` : "too little so far";
}

const signed = (value: number) => withSign(Math.round(value * 100) / 100);

/** "+0.31 points of mood (0.1 to 0.52)". */
export const effectInWords = ({ points, low, high }: Association): string =>
  points === null || low === null || high === null ? "" : `${signed(points)} points of mood (${signed(low)} to ${signed(high)})`;

export function associationsInWords(items: Association[]): string {
  const named = (verdict: Association["verdict"]) => items.filter((each) => each.verdict === verdict).map(({ name }) => name);
  const likely = named("finding");
  const maybe = named("hint");
  if (likely.length + maybe.length > 0)
    return [likely.length > 0 && `Likely: ${list(likely)}.`, maybe.length > 0 && `Maybe: ${list(maybe)}.`].filter(Boolean).join(" ");
  if (named("nothing").length > 0) return "Nothing stands out so far: your mood is much the same with and without them.";
  return "There is too little to compare so far.";
}

/** What is spoken once another span is shown. */
export function announcement({ days, strength, mood, ...counts }: Summary): string {
  const parts = [
    `${outOf(counts)} done${counts.rate === null ? "" : `, ${percent(counts.rate)}`}`,
    strength !== null && `strength ${percent(strength)}`,
    mood && `mood ${one(mood.mean)} of 5`,
  ];
  return `The last ${days} days: ${parts.filter(Boolean).join("; ")}.`;
}

export type Coming = { what: string; why: string; on: IsoDate | null };

const CLOSED_DAYS_A: Record<Unit, number> = { day: 1, week: 7, month: 30 };
const WEEKS_TO_COMPARE_HOURS = 3;

/** What a new account will see, the nearest first. A date is the earliest day on which it can be there. */
export function whatComes({ today, began, ready_on: ready }: Summary, risks: Risk[], associations: Association[]): Coming[] {
  const waits = risks.flatMap(({ missing, unit }) => (missing ? [missing * CLOSED_DAYS_A[unit]] : []));
  const enough = associations.flatMap(({ enough_on }) => enough_on ?? []).toSorted();
  const after = (days: number) => (began ? addDays(began, days) : null);
  const parts: Coming[] = [
    { what: "What may break tomorrow", why: "after 10 days on which a habit was due", on: waits.length > 0 ? addDays(today, Math.min(...waits)) : null },
    { what: "Your year, your mood and your strength as pictures", why: "after 14 days", on: ready },
    { what: "When you do it", why: "once the same hour of a weekday came three times", on: after(7 * WEEKS_TO_COMPARE_HOURS) },
    { what: "What changed", why: "once there are 30 days to compare with the 30 before", on: after(31) },
    { what: "What goes with better days", why: "after 30 days with a mood, at least 8 with and 8 without a habit", on: enough[0] ?? null },
  ];
  return parts.filter(({ on }) => on === null || on > today).toSorted((a, b) => (a.on ?? "9999").localeCompare(b.on ?? "9999"));
}
