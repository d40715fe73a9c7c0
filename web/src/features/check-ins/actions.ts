// What people do to a day, and how it is taken back.
import { session } from "@/api/session";
import type { Day } from "@/api/types";
import { connection } from "@/lib/connection";
import { middayOf } from "@/lib/days";
import { newId } from "@/lib/ids";
import { toast } from "@/lib/toasts";
import { deliver } from "@/features/outbox/deliver";
import { enqueue, outbox, waitingFor } from "@/features/outbox/outbox";
import { isLatest, offerUndo, remember, undo } from "@/features/outbox/undo";
import { type Change, type Operation, operation } from "./operation";
import { overlay } from "./overlay";
import { addsOneByOne, countsAmounts, isAvoided, type Subject } from "./subject";
import { doneInWords } from "./words";

/** One day of one habit as the user sees it now, waiting check-ins included. */
export type Target = { habit: Subject; day: Day; today: string };

/** What brings `before` back after `change`. */
function inverseOf(change: Change, before: Day): Change {
  if (change.kind === "add") return { kind: "retract", checkInId: change.checkInId, amount: change.amount };
  const note = before.note ?? undefined;
  if (before.state === "done" || before.amount !== null)
    return { kind: "set", state: "done", amount: before.amount ?? undefined, note };
  if (before.state === "skipped") return { kind: "set", state: "skip", note };
  if (before.state === "slip" || before.state === "no") return { kind: "set", state: "no", note };
  return { kind: "clear" };
}

function buzz(): void {
  if (session.get().user?.preferences.haptics) navigator.vibrate?.(10);
}

async function dispatch(next: Operation): Promise<void> {
  await enqueue(next);
  void deliver();
}

/** Sends a change, and knows the way back before anybody can ask for it. */
async function perform({ habit, day, today }: Target, change: Change): Promise<void> {
  const { user } = session.get();
  if (!user) return;
  buzz();
  const next = operation(user.id, habit, day.date, change);
  const back = () => dispatch(operation(user.id, habit, day.date, inverseOf(change, day)));
  remember({ id: next.id, name: habit.name, inverse: back });
  const kept = dispatch(next);
  const words = doneInWords(habit, overlay(day, habit, [next], today), today);
  toast(connection.get().online ? words : `${words} Saved here. It will be sent when you are online.`, offerUndo);
  await kept;
}

export const setDone = (target: Target, amount?: number, note?: string) =>
  perform(target, { kind: "set", state: "done", amount, note: note ?? target.day.note ?? undefined });

export const skip = (target: Target, note?: string) =>
  perform(target, { kind: "set", state: "skip", note: note ?? target.day.note ?? undefined });

/** An honest "no"; on a habit to avoid it is a slip. */
export const sayNo = (target: Target, note?: string) =>
  perform(target, { kind: "set", state: "no", note: note ?? target.day.note ?? undefined });

export const clear = (target: Target) => perform(target, { kind: "clear" });

export function add(target: Target, amount: number): Promise<void> {
  const { day, today } = target;
  const { timezone } = session.get().user!;
  const at = day.date === today ? new Date().toISOString() : middayOf(day.date, timezone);
  return perform(target, { kind: "add", checkInId: newId(), amount, at, timezone });
}

/** Keeps the day as it is and writes the note beside it. */
export function writeNote(target: Target, note: string): Promise<void> {
  const { day, habit } = target;
  if (day.state === "skipped") return skip(target, note);
  if (day.state === "no" || day.state === "slip") return sayNo(target, note);
  return setDone(target, countsAmounts(habit) ? (day.amount ?? undefined) : undefined, note);
}

/** A second tap: what has not left yet is taken back, what has is cleared. */
async function untap(target: Target): Promise<void> {
  const waiting = waitingFor(target.habit.id, target.day.date)(outbox.get()).at(-1);
  if (waiting && isLatest(waiting.id)) return undo();
  return clear(target);
}

/** One tap. Null when this habit needs more than a tap: the caller opens the sheet. */
export function tap(target: Target): Promise<void> | null {
  const { habit, day } = target;
  if (isAvoided(habit)) return day.state === "slip" ? untap(target) : null;
  if (countsAmounts(habit)) return addsOneByOne(habit) ? add(target, 1) : null;
  return day.state === "done" ? untap(target) : setDone(target);
}
