// The settings of reminders while they are being changed: every choice keeps its own value, so changing one's mind loses nothing.
import type { ReminderSettings } from "./types";

export type Draft = {
  enabled: boolean;
  quiet: boolean;
  quietFrom: string;
  quietTo: string;
  vacationUntil: string;
  milestones: boolean;
  daily: boolean;
  dailyAt: string;
  weekly: boolean;
  weeklyDay: number;
  weeklyAt: string;
  monthly: boolean;
  monthlyDay: number;
  monthlyAt: string;
};

/** What is suggested for what was off so far. */
const SUNDAY = 6;

export const draftOf = ({ enabled, quiet_hours, vacation_until, milestones, daily_summary, weekly_report, monthly_report }: ReminderSettings): Draft => ({
  enabled,
  quiet: quiet_hours !== null,
  quietFrom: quiet_hours?.from ?? "22:00",
  quietTo: quiet_hours?.to ?? "07:00",
  vacationUntil: vacation_until ?? "",
  milestones,
  daily: daily_summary !== null,
  dailyAt: daily_summary ?? "21:00",
  weekly: weekly_report !== null,
  weeklyDay: weekly_report?.day ?? SUNDAY,
  weeklyAt: weekly_report?.at ?? "18:00",
  monthly: monthly_report !== null,
  monthlyDay: monthly_report?.day ?? 1,
  monthlyAt: monthly_report?.at ?? "18:00",
});

export const settingsFrom = (draft: Draft): ReminderSettings => ({
  enabled: draft.enabled,
  quiet_hours: draft.quiet ? { from: draft.quietFrom, to: draft.quietTo } : null,
  vacation_until: draft.vacationUntil || null,
  milestones: draft.milestones,
  daily_summary: draft.daily ? draft.dailyAt : null,
  weekly_report: draft.weekly ? { day: draft.weeklyDay, at: draft.weeklyAt } : null,
  monthly_report: draft.monthly ? { day: draft.monthlyDay, at: draft.monthlyAt } : null,
});
