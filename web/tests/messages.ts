// Small, complete examples of channels and of what was sent over them.
import type { Available, Channel, Delivery, Template } from "@/features/notifications/types";
import type { Reminder } from "@/features/reminders/types";

export const AT = "2026-11-17T06:30:00Z";

export const channel = (part: Partial<Channel> = {}): Channel => ({
  id: "c1",
  kind: "ntfy",
  name: "My phone",
  address: "ntfy.sh/day…",
  kinds: ["reminders", "reports"],
  language: "en",
  enabled: true,
  state: "ok",
  failing_since: null,
  last_error: null,
  last_sent_at: AT,
  waiting: 0,
  created_at: AT,
  ...part,
});

export const delivery = (part: Partial<Delivery> = {}): Delivery => ({
  id: "d1",
  channel_id: "c1",
  channel_name: "My phone",
  channel_kind: "ntfy",
  kind: "reminder",
  title: "Read 20 pages",
  body: "",
  state: "sent",
  reason: null,
  attempts: 1,
  created_at: AT,
  sent_at: "2026-11-17T06:30:00.312Z",
  ...part,
});

export const skipped = (part: Partial<Reminder> = {}): Reminder => ({
  id: "r1",
  habit_id: "read",
  title: "Read 20 pages",
  due_at: AT,
  why: "time",
  state: "skipped",
  reason: "done",
  told_at: null,
  ...part,
});

export const ready = (kind: Available["kind"]): Available => ({ kind, ready: true, how_to: "" });

export const text = (part: Partial<Template>): Template => ({ kind: "reminder", language: "en", channel: null, title: "", body: "", own: false, ...part });
