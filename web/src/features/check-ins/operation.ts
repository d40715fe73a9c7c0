// A check-in on its way to the server.
import type { IsoDate } from "@/lib/days";
import { newId } from "@/lib/ids";
import type { Subject } from "./subject";

export type Change =
  | { kind: "set"; state: "done" | "skip" | "no"; amount?: number; note?: string }
  | { kind: "add"; checkInId: string; amount: number; at: string; timezone: string }
  | { kind: "clear" }
  | { kind: "retract"; checkInId: string; amount: number };

export type Operation = {
  /** Also Idempotency-Key and X-Request-ID. Sorts by time. */
  id: string;
  account: string;
  habitId: string;
  habitName: string;
  date: IsoDate;
  change: Change;
  /** It left for the server at least once, so it may have arrived even if no answer came back. */
  sent?: boolean;
};

export const operation = (account: string, habit: Subject, date: IsoDate, change: Change): Operation => ({
  id: newId(),
  account,
  habitId: habit.id,
  habitName: habit.name,
  date,
  change,
});
