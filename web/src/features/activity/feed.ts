// The list of events as it grows: what arrived while the page is open, above what was there before.
import { plural } from "@/lib/words";
import type { Event, Page } from "./types";

/** More rows help nobody to read, and slow the page down. */
export const MOST = 500;

/** A place in the list where something has to be said about it. */
export type Note = { key: string; kind: "gap" | "more" | "skipped"; n: number };
export type Entry = Event | Note;
/** The newest first. `count` also counts what no longer fits. */
export type Arrived = { entries: Entry[]; count: number };

export const nothing: Arrived = { entries: [], count: 0 };

export const isNote = (entry: Entry): entry is Note => "kind" in entry;
const idsOf = (entries: Entry[]) => new Set(entries.map((entry) => (isNote(entry) ? entry.key : entry.event_id)));

export const noteInWords = ({ kind, n }: Note): string =>
  kind === "gap"
    ? `Reconnected, caught up ${plural(n, "event")}.`
    : kind === "more"
      ? `More than ${plural(n, "event")} came meanwhile. The export has them all.`
      : `${plural(n, "more event")} came too fast to show. The export has them.`;

const added = ({ entries, count }: Arrived, news: Entry[], n: number): Arrived => ({
  entries: [...news, ...entries].slice(0, MOST),
  count: count + n,
});

/** Events that came by themselves, the oldest first, and how many more there were. */
export function arrive(arrived: Arrived, items: Event[], skipped: number): Arrived {
  const known = idsOf(arrived.entries);
  const fresh = items.filter(({ event_id }) => !known.has(event_id)).toReversed();
  if (skipped === 0) return fresh.length > 0 ? added(arrived, fresh, fresh.length) : arrived;
  const [top] = arrived.entries;
  const goesOn = fresh.length === 0 && top && isNote(top) && top.kind === "skipped" ? top : null;
  const note: Note = { key: goesOn?.key ?? `skipped ${arrived.count}`, kind: "skipped", n: skipped + (goesOn?.n ?? 0) };
  const before = goesOn ? { ...arrived, entries: arrived.entries.slice(1) } : arrived;
  return added(before, [...fresh, note], fresh.length + skipped);
}

/** After a gap: the newest page knows what was missed. */
export function catchUp(arrived: Arrived, loaded: Event[], { items, next_cursor }: Page, gap: boolean): Arrived {
  const known = idsOf([...arrived.entries, ...loaded]);
  const fresh = items.filter(({ event_id }) => !known.has(event_id));
  if (fresh.length === 0) return arrived;
  const whole = fresh.length < items.length || next_cursor === null;
  const note: Note = { key: `gap ${arrived.count}`, kind: whole ? "gap" : "more", n: fresh.length };
  return added(arrived, gap || !whole ? [...fresh, note] : fresh, fresh.length);
}

export function together({ entries }: Arrived, loaded: Event[]): Entry[] {
  const known = idsOf(entries);
  return [...entries, ...loaded.filter(({ event_id }) => !known.has(event_id))].slice(0, MOST);
}
