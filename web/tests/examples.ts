// Small, complete examples of what the server says.
import type { Day, Stats, Today, TodayItem, User } from "@/api/types";

export const stats: Stats = {
  streak: 12,
  best_streak: 30,
  unit: "day",
  strength: 0.92,
  progress: { successes: 40, due: 50, rate: 0.8 },
  rate_30d: 0.9,
  total: 40,
};

export const day = (part: Partial<Day> = {}): Day => ({
  date: "2026-11-17",
  state: "open",
  amount: null,
  count: 0,
  note: null,
  due: true,
  ...part,
});

export const item = (part: Partial<TodayItem> = {}): TodayItem => ({
  ...day(),
  note: null,
  habit_id: "read",
  name: "Read 20 pages",
  question: "",
  icon: null,
  color: "teal",
  unit: null,
  target: null,
  direction: null,
  schedule: { kind: "daily" },
  tags: [],
  position: 0,
  satisfied: false,
  period: null,
  stats,
  ...part,
});

export const water = (part: Partial<TodayItem> = {}): TodayItem =>
  item({ habit_id: "water", name: "Water", target: 8, unit: "glasses", direction: "at_least", ...part });

export const today = (...items: TodayItem[]): Today => ({
  date: "2026-11-17",
  today: "2026-11-17",
  items,
  yesterday: { date: "2026-11-16", open: [] },
});

export const user: User = {
  id: "ana",
  email: "ana@example.org",
  name: "Ana",
  timezone: "Europe/Berlin",
  rollover_hour: 3,
  week_start: 0,
  is_admin: false,
  created_at: "2026-01-01T00:00:00Z",
  preferences: { theme: "system", shortcuts: true, haptics: false },
};

export const signedIn = { user, access_token: "token", token_type: "bearer" as const, expires_in: 900 };
