// Two lists by time, what was sent and what was left unsaid, read as one.
import type { Reminder } from "@/features/reminders/types";
import type { Delivery } from "../types";

export type Entry = { at: string; id: string } & ({ delivery: Delivery } | { skipped: Reminder });

/** What is loaded of a list, the newest first, and whether there is more of it. */
export type Loaded<T> = { items: T[]; more: boolean };

const entryOfDelivery = (delivery: Delivery): Entry => ({ at: delivery.created_at, id: delivery.id, delivery });
const entryOfSkipped = (skipped: Reminder): Entry => ({ at: skipped.due_at, id: skipped.id, skipped });

const time = ({ at }: Entry) => Date.parse(at);

/** How far back a list is known. */
const horizon = (entries: Entry[], more: boolean) => (more && entries.length > 0 ? time(entries.at(-1)!) : -Infinity);

/** Older than where one of the lists is not loaded yet, nothing is shown: something could still come in between. */
export function merged(deliveries: Loaded<Delivery>, skipped: Loaded<Reminder>): Entry[] {
  const sent = deliveries.items.map(entryOfDelivery);
  const unsaid = skipped.items.map(entryOfSkipped);
  const known = Math.max(horizon(sent, deliveries.more), horizon(unsaid, skipped.more));
  return [...sent, ...unsaid].filter((entry) => time(entry) >= known).toSorted((one, other) => time(other) - time(one));
}

/** The list whose next page lets more be shown; null when both are complete. */
export function behind(deliveries: Loaded<Delivery>, skipped: Loaded<Reminder>): "deliveries" | "skipped" | null {
  const sent = horizon(deliveries.items.map(entryOfDelivery), deliveries.more);
  const unsaid = horizon(skipped.items.map(entryOfSkipped), skipped.more);
  if (sent === -Infinity && unsaid === -Infinity) return null;
  return sent >= unsaid ? "deliveries" : "skipped";
}
