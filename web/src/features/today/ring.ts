// What the ring of a row shows.
import type { TodayItem } from "@/api/types";
import type { RingMark } from "@/components/Ring";
import { dayTarget } from "@/features/check-ins/subject";

const marks: Partial<Record<TodayItem["state"], RingMark>> = {
  done: "done",
  skipped: "skipped",
  paused: "paused",
  slip: "slip",
  no: "no",
  over: "no",
  kept: "kept",
};

function shareOf(item: TodayItem): number {
  if (item.schedule.kind === "avoid") return item.state === "slip" ? 0 : 1;
  if (item.state === "done") return 1;
  if (item.state === "skipped" || item.state === "paused" || item.state === "no" || item.state === "over") return 0;
  if (item.period && item.period.target > 0) return item.period.done / item.period.target;
  const target = dayTarget(item);
  return target && item.amount ? item.amount / target : 0;
}

export function ringOf(item: TodayItem): { share: number; mark: RingMark } {
  const kept = item.schedule.kind === "avoid" && item.state === "open";
  return { share: shareOf(item), mark: kept ? "kept" : (marks[item.state] ?? "none") };
}

/** Nothing is asked of the user any more: done, skipped, or enough for this week. */
export const isSettled = (item: TodayItem): boolean =>
  item.satisfied || ["done", "skipped", "paused", "kept"].includes(item.state);

/** Leaving something alone asks for no tap, so it is not counted among what is still to do. */
export const asksForTap = (item: TodayItem): boolean => item.schedule.kind !== "avoid";
