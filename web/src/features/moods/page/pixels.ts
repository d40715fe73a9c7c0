// A year as twelve columns of days.
import type { Face, MoodDay } from "@/api/types";
import { addDays, daysBetween, type IsoDate } from "@/lib/days";
import { number, plural } from "@/lib/words";

const two = (value: number) => String(value).padStart(2, "0");

/** The day in that column and row, null where a month has no such day. */
export function dateAt(year: number, month: number, row: number): IsoDate | null {
  const first = `${year}-${two(month + 1)}-01`;
  const date = addDays(first, row);
  return date.slice(0, 7) === first.slice(0, 7) ? date : null;
}

export function placeOf(date: IsoDate): { month: number; row: number } {
  return { month: Number(date.slice(5, 7)) - 1, row: Number(date.slice(8)) - 1 };
}

const within = (date: IsoDate, first: IsoDate, last: IsoDate) => (date < first ? first : date > last ? last : date);

/** Where an arrow leads: up and down a day, left and right a month, never out of the days there are. */
export function stepFrom(date: IsoDate, key: string, first: IsoDate, last: IsoDate): IsoDate | null {
  const { month, row } = placeOf(date);
  const year = Number(date.slice(0, 4));
  const inMonth = (next: number) => {
    for (let day = row; day >= 0; day -= 1) {
      const found = next >= 0 && next < 12 ? dateAt(year, next, day) : null;
      if (found) return found;
    }
    return date;
  };
  switch (key) {
    case "ArrowUp":
      return within(addDays(date, -1), first, last);
    case "ArrowDown":
      return within(addDays(date, 1), first, last);
    case "ArrowLeft":
      return within(inMonth(month - 1), first, last);
    case "ArrowRight":
      return within(inMonth(month + 1), first, last);
    case "Home":
      return first;
    case "End":
      return last;
    default:
      return null;
  }
}

/** The nearest of the five moods. */
export const nearest = (mean: number): number => Math.min(5, Math.max(1, Math.round(mean)));

/** "awful 17, good 84 days." */
export function yearInWords(days: MoodDay[], faces: Face[]): string {
  if (days.length === 0) return "Each day with a mood becomes a small square here.";
  const counts = faces.map(({ label }, index) => ({ label, count: days.filter(({ mean }) => nearest(mean) === index + 1).length }));
  const said = counts.filter(({ count }) => count > 0).map(({ label, count }) => `${label} ${number(count)}`);
  return `${plural(days.length, "day")}: ${said.join(", ")}.`;
}

export function dayInWords(day: MoodDay | undefined, faces: Face[]): string {
  if (!day) return "nothing said";
  const word = faces[nearest(day.mean) - 1]!.label;
  return day.count === 1 ? word : `${word}, the mean of ${plural(day.count, "mood")}`;
}

export const lastDayOf = (year: number, today: IsoDate): IsoDate =>
  daysBetween(`${year}-12-31`, today) > 0 ? `${year}-12-31` : today;
