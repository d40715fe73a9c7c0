// Every check-in goes through here: written to IndexedDB first, shown at once, removed when the server has it.
import { openChannel } from "@/lib/channel";
import { database } from "@/lib/database";
import type { IsoDate } from "@/lib/days";
import { createStore } from "@/lib/store";
import type { Operation } from "./operation";

type Outbox = { all: readonly Operation[]; byDay: ReadonlyMap<string, readonly Operation[]> };

const empty: Outbox = { all: [], byDay: new Map() };
const nothing: readonly Operation[] = [];
const slot = (habitId: string, date: IsoDate) => `${habitId} ${date}`;

export const outbox = createStore<Outbox>(empty);

/** A stable reference as long as nothing changes for this habit and day, so only its own row renders. */
export const waitingFor = (habitId: string, date: IsoDate) => (box: Outbox) =>
  box.byDay.get(slot(habitId, date)) ?? nothing;

const otherTabs = openChannel<"changed">("daybeat-outbox");

/** Operations this browser made lately: their echoes on the socket are no news. */
const own = new Set<string>();
export const isOwn = (operationId: string | null): boolean => operationId !== null && own.has(operationId);

function same(one: readonly Operation[] | undefined, other: readonly Operation[]): boolean {
  return one?.length === other.length && other.every((each, index) => each.id === one[index]?.id);
}

function show(all: readonly Operation[]): void {
  const previous = outbox.get().byDay;
  const grouped = Map.groupBy(all, ({ habitId, date }) => slot(habitId, date));
  const byDay = new Map<string, readonly Operation[]>();
  for (const [key, group] of grouped) {
    const before = previous.get(key);
    byDay.set(key, before && same(before, group) ? before : group);
  }
  for (const { id } of all) own.add(id);
  outbox.set({ all, byDay });
}

let account: string | null = null;

async function reload(): Promise<void> {
  const stored = (await (await database()).getAll("outbox")) as Operation[];
  show(stored.filter((each) => each.account === account));
}

/** Shows what this account still has waiting. Check-ins of another account stay stored until it signs in again. */
export function openOutbox(userId: string | null): Promise<void> {
  account = userId;
  return reload();
}

export async function enqueue(operation: Operation): Promise<void> {
  show([...outbox.get().all, operation]);
  await (await database()).put("outbox", operation);
  otherTabs.say("changed");
}

/** The oldest waiting operation, marked as sent. */
export async function takeNext(): Promise<Operation | null> {
  const store = (await database()).transaction("outbox", "readwrite").store;
  const next = ((await store.getAll()) as Operation[]).find((each) => each.account === account);
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
  const stored = (await store.get(id)) as Operation | undefined;
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
