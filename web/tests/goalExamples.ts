// Goals as the server tells them.
import type { Goal } from "@/features/goals/types";

export const TODAY = "2026-11-17";
export const forecast = { verdict: "on pace" as const, earliest: "2027-01-04", likely: "2027-01-22", latest: "2027-02-20", chance: 0.9 };
export const unknown = { verdict: null, earliest: null, likely: null, latest: null, chance: null };

export const goal = (part: Partial<Goal> = {}): Goal => ({
  id: "run",
  name: "Run 500 km",
  target: 500,
  unit: "km",
  start: "2026-08-01",
  deadline: "2027-02-25",
  state: "active",
  reached_on: null,
  ended_on: null,
  progress: 336,
  remaining: 164,
  pace: 2.14,
  needed_pace: 1.64,
  forecast,
  habits: [],
  by_hand: 10,
  milestones: [],
  created_at: "2026-08-01T00:00:00Z",
  ...part,
});
/** A goal whose pace is too slow for its deadline. */
export const behind = (part: Partial<Goal> = {}) => goal({ forecast: { ...forecast, verdict: "behind", likely: "2027-05-01" }, needed_pace: 5, ...part });
