// How events and delays sound.
import { Problem, Unreachable } from "@/api/problem";
import { number, plural } from "@/lib/words";
import type { Event } from "./types";

/** Making a formatter is slow, and a list of events needs the same one hundreds of times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${Object.keys(options).join()}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  formats.set(key, known);
  return known;
}

const time = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
const day = { day: "numeric", month: "short" } as const;

/** "14:05:09", with the day in front when it is not today. */
export function moment(at: string, zone: string, now = Date.now()): string {
  const then = new Date(at);
  const { format } = formatOf(zone, { ...day, year: "numeric" });
  if (format(then) === format(now)) return formatOf(zone, time).format(then);
  return formatOf(zone, { ...day, ...time }).format(then);
}

export const hourOf = (at: string, zone: string): string => formatOf(zone, { hour: "2-digit", minute: "2-digit" }).format(new Date(at));

const steps: [number, string][] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
];

function span(ms: number): string {
  const step = steps.find(([size]) => ms >= size);
  if (step) return plural(Math.floor(ms / step[0]), step[1]);
  return ms >= 1000 ? `${number(Math.round(ms / 100) / 10)} s` : `${number(Math.round(ms))} ms`;
}

/** "after 12 ms": how long it took from what it says to here. A clock that is ahead is said to be. */
export function delay({ timestamp, received_at }: Event): string {
  const ms = Date.parse(received_at) - Date.parse(timestamp);
  if (ms < 0) return `dated ${span(-ms)} ahead`;
  return ms < 1 ? "at once" : `after ${span(ms)}`;
}

/** Whoever sends an event may say what it is; who does not came over the API. */
export const sourceOf = ({ metadata }: Pick<Event, "metadata">): string =>
  typeof metadata?.source === "string" && metadata.source ? metadata.source : "api";

const wait = (seconds: number | null) => (seconds === null ? "in a moment" : `in ${plural(seconds, "second")}`);

/** What a failed sending means for the event; null when it can only be changed, not sent again. */
export function notTaken(error: unknown): string | null {
  if (error instanceof Unreachable) return "No answer came, so nobody knows whether it was taken. Sent again with the same id, it counts once.";
  if (!(error instanceof Problem) || !error.transient) return null;
  const why = error.status === 429 ? "That was a lot in a short time" : error.status === 503 ? "Nothing can be queued right now" : "The server stumbled";
  return `It was not taken. ${why}. Send it again ${wait(error.retryAfter)}; with the same id it counts once.`;
}

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The same event as a command. It has no id, so it counts as a new one. */
export function curlOf({ user_id, event_type, timestamp, metadata }: Event, origin: string): string {
  const body = JSON.stringify({ user_id, event_type, timestamp, ...(metadata && { metadata }) });
  return [
    `curl -X POST ${origin}/api/v1/events/track`,
    '-H "Authorization: Bearer $DAYBEAT_TOKEN"',
    "-H 'Content-Type: application/json'",
    `-d ${quoted(body)}`,
  ].join(" \\\n  ");
}
