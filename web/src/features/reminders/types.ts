// The shapes of reminders, by the names the page uses.

export type ReminderSettings = {
  enabled: boolean;
  quiet_hours: { from: string; to: string } | null;
  vacation_until: string | null;
  milestones: boolean;
  /** `HH:MM`, as all times of day here. */
  daily_summary: string | null;
  /** Day 0 is Monday. */
  weekly_report: { day: number; at: string } | null;
  /** On a day of the month, 1 to 28. */
  monthly_report: { day: number; at: string } | null;
};

export type Why = "time" | "nudge" | "follow_up" | "snooze";

export type Nudge = {
  enabled: boolean;
  /** The time its owner chose. */
  at: string;
  /** The time nudges come at now, and in a sentence why it is another one. */
  learned_at: string;
  reason: string;
  resting_until: string | null;
  doubted: boolean;
};
export type NudgeWish = Pick<Nudge, "enabled" | "at">;

export type HabitReminders = { habit_id: string; next: { at: string; why: Why } | null; nudge: Nudge };

export type Reminder = {
  id: string;
  habit_id: string;
  title: string;
  due_at: string;
  why: Why;
  state: "told" | "skipped";
  reason: string | null;
  told_at: string | null;
};
