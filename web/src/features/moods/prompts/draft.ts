// The wishes of when to be asked while they are being written: every choice keeps its own value.
import type { PromptSettings, PromptWishes } from "@/api/types";
import { clockIn, instantOn } from "@/lib/days";
import { secondsOf, unitOf } from "../words";

export type Draft = {
  rhythm: "every" | "times";
  every: string;
  everySize: number;
  times: string[];
  quiet: boolean;
  quietFrom: string;
  quietTo: string;
  follow: string;
  followSize: number;
  most: number;
  page: boolean;
  mqtt: boolean;
  pausedUntil: string;
};

export const draftOf = (settings: PromptSettings, zone: string): Draft => {
  const every = unitOf(secondsOf(settings.every ?? "PT4H"));
  const follow = unitOf(secondsOf(settings.follow_up_after));
  const paused = settings.paused_until && Date.parse(settings.paused_until) > Date.now() ? settings.paused_until : null;
  const until = paused ? clockIn(zone, Date.parse(paused)) : null;
  return {
    rhythm: settings.times.length > 0 ? "times" : "every",
    every: String(every.amount),
    everySize: every.size,
    times: settings.times.length > 0 ? settings.times : ["09:00", "18:00"],
    quiet: settings.quiet_hours !== null,
    quietFrom: settings.quiet_hours?.from ?? "22:00",
    quietTo: settings.quiet_hours?.to ?? "08:00",
    follow: String(follow.amount),
    followSize: follow.size,
    most: settings.max_follow_ups,
    page: settings.channels.includes("page"),
    mqtt: settings.channels.includes("mqtt"),
    pausedUntil: until ? `${until.date}T${until.time}` : "",
  };
};

/** "PT90M": what the server makes of it is its own matter. */
const duration = (amount: string, size: number) => `PT${Math.max(0, Math.round(Number(amount) || 0))}${{ 3600: "H", 60: "M" }[size] ?? "S"}`;

export function wishesFrom(draft: Draft, enabled: boolean, zone: string): PromptWishes {
  const [date, time] = draft.pausedUntil.split("T");
  return {
    enabled,
    ...(draft.rhythm === "times" ? { times: draft.times.filter(Boolean) } : { every: duration(draft.every, draft.everySize) }),
    quiet_hours: draft.quiet ? { from: draft.quietFrom, to: draft.quietTo } : null,
    follow_up_after: duration(draft.follow, draft.followSize),
    max_follow_ups: draft.most,
    channels: [...(draft.page ? ["page" as const] : []), ...(draft.mqtt ? ["mqtt" as const] : [])],
    paused_until: date && time ? instantOn(date, time, zone, 0) : null,
  };
}
