// Numbers, dates and plurals as people read them. The page speaks English; formats follow the reader's own English.
import type { IsoDate } from "./days";

const preferred = globalThis.navigator?.language ?? "en-GB";
const locale = preferred.startsWith("en") ? preferred : "en-GB";

const utc = (date: IsoDate) => new Date(`${date}T00:00:00Z`);

/** Formatters are slow to make and often not needed, so each is made when first asked for. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const dateFormat = (options: Intl.DateTimeFormatOptions) =>
  once(() => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }));

const long = dateFormat({ weekday: "long", day: "numeric", month: "long" });
const medium = dateFormat({ day: "numeric", month: "short", year: "numeric" });
const month = dateFormat({ month: "long", year: "numeric" });
const monthOnly = dateFormat({ month: "short" });
const weekday = dateFormat({ weekday: "short" });
const moment = once(() => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }));
const decimal = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }));
const percentage = once(() => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }));
const both = once(() => new Intl.ListFormat("en-GB", { style: "long", type: "conjunction" }));

export const longDate = (date: IsoDate) => long().format(utc(date));
export const mediumDate = (date: IsoDate) => medium().format(utc(date));
export const dateRange = (from: IsoDate, to: IsoDate) => medium().formatRange(utc(from), utc(to));
export const monthAndYear = (date: IsoDate) => month().format(utc(date));
export const monthName = (date: IsoDate) => monthOnly().format(utc(date));
export const weekdayName = (date: IsoDate) => weekday().format(utc(date));
/** "14:05", as a clock on the wall in that zone shows it. */
export const clock = (at: string, zone: string) =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(new Date(at));
/** Date and time, by the reader's own clock or that of a zone. */
export const instant = (at: string, zone?: string) =>
  zone
    ? new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: zone }).format(new Date(at))
    : moment().format(new Date(at));
export const number = (value: number) => decimal().format(value);
export const percent = (share: number) => percentage().format(share);
export const list = (items: string[]) => both().format(items);

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const months =
  "January February March April May June July August September October November December".split(" ");

export const weekdayNames: readonly string[] = weekdays;

/** "Tuesday 17 November": the same words in every locale, for names that are spoken and must not vary. */
export function spokenDate(date: IsoDate): string {
  const day = utc(date);
  return `${weekdays[(day.getUTCDay() + 6) % 7]} ${day.getUTCDate()} ${months[day.getUTCMonth()]}`;
}

export const plural = (count: number, one: string, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/** "20 pages", "20": an amount with its unit when it has one. */
export const amountWithUnit = (amount: number, unit: string | null) =>
  unit ? `${number(amount)} ${unit}` : number(amount);

export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
