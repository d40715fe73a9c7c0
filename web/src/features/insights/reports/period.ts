// Weeks and months as the server counts them: the way on is known while its answer is not there.
import { addDays, type IsoDate, startOfWeek } from "@/lib/days";
import type { Report } from "../types";

export type Period = Pick<Report, "kind" | "first" | "last" | "is_over">;
type Calendar = { today: IsoDate; weekStart: number };

const monthOf = (day: IsoDate): IsoDate => `${day.slice(0, 7)}-01`;

/** The week or month with a day. */
export function periodAround(kind: Period["kind"], day: IsoDate, { today, weekStart }: Calendar): Period {
  const first = kind === "monthly" ? monthOf(day) : startOfWeek(day, weekStart);
  // 31 days after the first of a month is always in the next one.
  const last = kind === "monthly" ? addDays(monthOf(addDays(first, 31)), -1) : addDays(first, 6);
  return { kind, first, last, is_over: last < today };
}

/** The last week or month that is over: what the server reports on when no day is named. */
export const lastOver = (kind: Period["kind"], calendar: Calendar): Period =>
  periodAround(kind, addDays(periodAround(kind, calendar.today, calendar).first, -1), calendar);

/** Its last day that is not in the future: there is no report on days to come. */
export const lastLived = ({ last, is_over }: Period, today: IsoDate): IsoDate => (is_over || last < today ? last : today);
