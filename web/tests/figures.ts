// Small, complete examples of what insights and reports say.
import type { Association, HabitFigures, Report, Risk, Suggestion, Summary, Trends } from "@/features/insights/types";

export const habitFigures = (part: Partial<HabitFigures> = {}): HabitFigures => ({
  habit_id: "read",
  name: "Read",
  unit: "day",
  successes: 24,
  due: 30,
  rate: 0.8,
  before: 0.7,
  strength: 0.82,
  strength_before: 0.8,
  archived: false,
  ...part,
});

export const summary = (part: Partial<Summary> = {}): Summary => ({
  today: "2026-11-27",
  first: "2026-10-29",
  last: "2026-11-27",
  days: 30,
  began: "2025-10-20",
  ready_on: null,
  done: 24,
  due: 30,
  rate: 0.8,
  before: { done: 21, due: 30, rate: 0.7 },
  strength: 0.82,
  strength_before: 0.8,
  mood: { mean: 3.62, n: 40, days: 22, before: 3.4 },
  best_day: { date: "2026-11-03", done: 4, due: 4 },
  worst_day: { date: "2026-11-08", done: 1, due: 4 },
  perfect_days: 9,
  habits: [habitFigures()],
  records: { most_done: null, perfect_run: null, best_streak: null },
  sentences: [{ kind: "weekday", text: "Read goes best on weekdays.", detail: "20 of 22 against 4 of 8.", habit_id: "read" }],
  ...part,
});

/** An account on its third day. */
export const young: Summary = summary({ began: "2026-11-25", ready_on: "2026-12-09", done: 2, due: 2, sentences: [] });

export const risk = (part: Partial<Risk> = {}): Risk => ({
  habit_id: "read",
  name: "Read",
  unit: "day",
  day: "2026-11-28",
  miss: 0.72,
  flagged: true,
  missing: null,
  reasons: ["You missed it three times.", "Saturdays go worse."],
  action: "Move the reminder to 20:30.",
  last_chance: false,
  ...part,
});

export const suggestion = (part: Partial<Suggestion> = {}): Suggestion => ({
  id: "one",
  kind: "lower",
  habit_id: "read",
  name: "Read",
  text: "Three a week fits how it goes.",
  evidence: ["12 of 40 in eight weeks"],
  button: "Ask for 3 a week",
  state: "open",
  decided_at: null,
  can_undo: false,
  ...part,
});

export const association = (part: Partial<Association> = {}): Association => ({
  subject: "habit",
  habit_id: "read",
  name: "Read",
  verdict: "finding",
  points: 0.416,
  low: 0.2,
  high: 0.61,
  n: 60,
  done: 40,
  not_done: 20,
  p: 0.001,
  q: 0.004,
  enough_on: null,
  ...part,
});

export const tooLittle = (part: Partial<Association> = {}): Association =>
  association({ verdict: "too little data", points: null, low: null, high: null, p: null, q: null, n: 3, ...part });

const trendDay = (date: string, done: number, due: number, mood: number | null): Trends["days"][number] => ({
  date,
  done,
  due,
  strength: 0.5,
  moods: mood === null ? 0 : 1,
  mood,
  mood_7d: mood,
  mood_low: mood,
  mood_high: mood,
  activity: 0,
});

export const trends: Trends = {
  first: "2026-11-25",
  last: "2026-11-27",
  days: [trendDay("2026-11-25", 4, 4, 3), trendDay("2026-11-26", 0, 4, null), trendDay("2026-11-27", 0, 0, 4)],
};

export const report = (part: Partial<Report> = {}): Report => ({
  kind: "weekly",
  first: "2026-11-16",
  last: "2026-11-22",
  is_over: true,
  done: 5,
  due: 7,
  rate: 0.71,
  before: { done: 4, due: 7, rate: 0.57 },
  mood: null,
  best_day: null,
  worst_day: null,
  habits: [{ ...habitFigures({ successes: 5, due: 7 }), days: ["done", "missed", "skipped", "paused", "free", "done", "open"] }],
  goals: [],
  sentences: ["Five of seven."],
  advice: null,
  text: "Week of 16 November: five of seven.",
  ...part,
});
