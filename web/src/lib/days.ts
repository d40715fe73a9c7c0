// Calendar arithmetic on habit days. A day is its ISO date; no instant and no zone can slip in by accident.

/** A habit day, `YYYY-MM-DD`. */
export type IsoDate = string;

const DAY_MS = 86_400_000;

const asUtc = (date: IsoDate): number => Date.parse(`${date}T00:00:00Z`);
const fromUtc = (ms: number): IsoDate => new Date(ms).toISOString().slice(0, 10);

export const addDays = (date: IsoDate, days: number): IsoDate => fromUtc(asUtc(date) + days * DAY_MS);

export const daysBetween = (from: IsoDate, to: IsoDate): number => Math.round((asUtc(to) - asUtc(from)) / DAY_MS);

/** 0 is Monday, as everywhere in Daybeat. */
export const weekdayOf = (date: IsoDate): number => (new Date(asUtc(date)).getUTCDay() + 6) % 7;

export const startOfWeek = (date: IsoDate, weekStart: number): IsoDate =>
  addDays(date, -((weekdayOf(date) - weekStart + 7) % 7));

export function datesBetween(from: IsoDate, to: IsoDate): IsoDate[] {
  const count = daysBetween(from, to) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index));
}

export function isDate(text: string | null | undefined): text is IsoDate {
  return !!text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(asUtc(text)) && fromUtc(asUtc(text)) === text;
}

/** What a wall clock in `zone` shows at that instant, as if it were UTC. */
function wallClock(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}

/** The habit day of an instant: the wall clock minus the hour at which the user's day starts. */
export const habitDay = (instant: number, zone: string, rolloverHour: number): IsoDate =>
  fromUtc(wallClock(instant, zone) - rolloverHour * 3_600_000);

/** What a clock on the wall in `zone` shows at an instant. */
export function clockIn(zone: string, instant: number): { date: IsoDate; time: string } {
  const [date, time] = new Date(wallClock(instant, zone)).toISOString().split("T") as [string, string];
  return { date, time: time.slice(0, 5) };
}

/** The instant of a time of day, `HH:MM`, on a habit day: the hours before the rollover belong to the night after it. */
export function instantOn(day: IsoDate, time: string, zone: string, rolloverHour: number): string {
  const date = Number(time.slice(0, 2)) < rolloverHour ? addDays(day, 1) : day;
  const wanted = Date.parse(`${date}T${time}:00Z`);
  const near = wanted - (wallClock(wanted, zone) - wanted);
  return new Date(near - (wallClock(near, zone) - wanted)).toISOString();
}

/** An instant in the middle of a habit day, for check-ins that are added to another day than today. */
export function middayOf(date: IsoDate, zone: string): string {
  const noon = asUtc(date) + DAY_MS / 2;
  return new Date(noon - (wallClock(noon, zone) - noon)).toISOString();
}

/** Milliseconds until the user's next habit day begins (never more than an hour away, so that clock changes cannot hurt). */
export function untilDayChange(now: number, zone: string, rolloverHour: number): number {
  const clock = wallClock(now, zone) - rolloverHour * 3_600_000;
  return Math.min(DAY_MS - (clock % DAY_MS), 3_600_000);
}
