// Every check-in and every mood goes through here: written to IndexedDB first, shown at once, removed when the server has it.
import type { Operation } from "@/features/check-ins/operation";
import type { MoodOperation } from "@/features/moods/operation";
import { openChannel } from "@/lib/channel";
import { database } from "@/lib/database";
import type { IsoDate } from "@/lib/days";
import { createStore } from "@/lib/store";
import { isCheckIn, isMood, type Waiting } from "./waiting";

type Outbox = {
  all: readonly Waiting[];
  checkIns: readonly Operation[];
  moods: readonly MoodOperation[];
  byDay: ReadonlyMap<string, readonly Operation[]>;
};

const nothing: readonly never[] = [];
const slot = (habitId: string, date: IsoDate) => `${habitId} ${date}`;

export const outbox = createStore<Outbox>({ all: nothing, checkIns: nothing, moods: nothing, byDay: new Map() });

/** A stable reference as long as nothing changes for this habit and day, so only its own row renders. */
export const waitingFor = (habitId: string, date: IsoDate) => (box: Outbox): readonly Operation[] =>
  box.byDay.get(slot(habitId, date)) ?? nothing;

const otherTabs = openChannel<"changed">("daybeat-outbox");

/** Operations this browser made lately: their echoes on the socket are no news. */
const own = new Set<string>();
export const isOwn = (operationId: string | null): boolean => operationId !== null && own.has(operationId);

/** The list from before when it holds the same, so that nobody renders for nothing. */
function kept<W extends Waiting>(before: readonly W[] | undefined, next: readonly W[]): readonly W[] {
  const same = before?.length === next.length && before.every((each, index) => each.id === next[index]?.id);
  return same ? before : next;
}

function show(all: readonly Waiting[]): void {
  const before = outbox.get();
  const checkIns = kept(before.checkIns, all.filter(isCheckIn));
  const moods = kept(before.moods, all.filter(isMood));
  const byDay = new Map<string, readonly Operation[]>();
  for (const [key, group] of Map.groupBy(checkIns, ({ habitId, date }) => slot(habitId, date)))
    byDay.set(key, kept(before.byDay.get(key), group));
  for (const { id } of all) own.add(id);
  outbox.set({ all, checkIns, moods, byDay });
}

let account: string | null = null;

async function reload(): Promise<void> {
  const stored = (await (await database()).getAll("outbox")) as Waiting[];
  show(stored.filter((each) => each.account === account));
}

/** Shows what this account still has waiting. What another account left stays stored until it signs in again. */
export function openOutbox(userId: string | null): Promise<void> {
  account = userId;
  return reload();
}

export async function enqueue(waiting: Waiting): Promise<void> {
  show([...outbox.get().all, waiting]);
  await (await database()).put("outbox", waiting);
  otherTabs.say("changed");
}

/** The oldest waiting operation, marked as sent. */
export async function takeNext(): Promise<Waiting | null> {
  const store = (await database()).transaction("outbox", "readwrite").store;
  const next = ((await store.getAll()) as Waiting[]).find((each) => each.account === account);
  if (!next) return null;
  const sent = { ...next, sent: true };
  if (!next.sent) await store.put(sent);
  return sent;
}

export async function remove(id: string): Promise<void> {
  show(outbox.get().all.filter((each) => each.id !== id));
  await (await database()).delete("outbox", id);
  otherTabs.say("changed");
}

/** Takes back an operation that never left this browser. False when it is (or may be) with the server already. */
export async function withdraw(id: string): Promise<boolean> {
  const store = (await database()).transaction("outbox", "readwrite").store;
  const stored = (await store.get(id)) as Waiting | undefined;
  if (!stored || stored.sent) return false;
  await store.delete(id);
  show(outbox.get().all.filter((each) => each.id !== id));
  otherTabs.say("changed");
  return true;
}

/** Forgets everything that waits for this account. Only for a sign-out that was told about it. */
export async function discardOutbox(): Promise<void> {
  for (const { id } of outbox.get().all) await remove(id);
}

otherTabs.hear(() => void reload());
