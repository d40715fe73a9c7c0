// Instants the way events write them: with the offset of the zone they were made in.
import { clockIn, instantOn } from "@/lib/days";

const MINUTE_MS = 60_000;

function minutesAhead(zone: string, at: number): number {
  const { date, time } = clockIn(zone, at);
  return Date.parse(`${date}T${time}Z`) / MINUTE_MS - Math.floor(at / MINUTE_MS);
}

const two = (value: number) => String(value).padStart(2, "0");

/** "+01:00" */
export function offsetOf(zone: string, at: number): string {
  const ahead = minutesAhead(zone, at);
  const size = Math.abs(ahead);
  return `${ahead < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** "2026-11-17T14:05:09.120+01:00" */
export const stamped = (at: number, zone: string): string =>
  new Date(at + minutesAhead(zone, at) * MINUTE_MS).toISOString().replace("Z", offsetOf(zone, at));

/** The instant of what a field for date and time holds, by the clocks of a zone; null while it holds none. */
export function instantOf(field: string, zone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(field) || Number.isNaN(Date.parse(field))) return null;
  return instantOn(field.slice(0, 10), field.slice(11, 16), zone, 0);
}
