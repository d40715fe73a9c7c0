// How channels and what was sent over them sound.
import type { Is } from "@/components/State";
import { capitalised, clock, instant, number, plural } from "@/lib/words";
import type { Channel, Delivery, DeliveryState, Kind, Topic } from "./types";

type About = { name: string; about: string };

export const kinds: Record<Kind, About> = {
  telegram: { name: "Telegram", about: "Messages with buttons, from a bot." },
  web_push: { name: "This browser", about: "Messages on this device, also while Daybeat is closed." },
  email: { name: "E-mail", about: "A short letter with a link for each answer." },
  ntfy: { name: "ntfy", about: "Messages on your phone through the ntfy app." },
  webhook: { name: "Webhook", about: "A signed request to a program of yours." },
  mqtt: { name: "MQTT", about: "For what listens at home: a light, a display, Home Assistant." },
  apprise: { name: "Another service", about: "Matrix, Signal, Pushover and about a hundred more, by their Apprise address." },
};

/** A kind in a sentence about a channel that may be on another device. */
export const kindInWords = (kind: Kind): string => (kind === "web_push" ? "Browser" : (kinds[kind]?.name ?? kind));

/** What a channel is called: its own name, or what it is. */
export const nameOf = ({ name, kind }: Pick<Channel, "name" | "kind">): string => name || kindInWords(kind);

export const topics: { topic: Topic; label: string }[] = [
  { topic: "reminders", label: "Reminders" },
  { topic: "prompts", label: "Questions about my mood" },
  { topic: "checks", label: "Streak milestones" },
  { topic: "reports", label: "Summaries and reports" },
];

const subjects: Record<string, string> = {
  reminder: "Reminder",
  prompt: "Question",
  check: "Streak milestone",
  report: "Report",
  digest: "Many reminders at once",
  test: "Test message",
};
export const subjectInWords = (kind: string): string => subjects[kind] ?? capitalised(kind.replaceAll("_", " "));

type Standing = { is: Is; word: string; more: string | null };

const howToUnblock: Partial<Record<Kind, string>> = {
  telegram: "Start the bot again in Telegram, or link the chat anew.",
  web_push: "Open Daybeat in that browser and turn notifications on again.",
};

/** A word for the dot, and what there is to say about it. */
export function standing(channel: Pick<Channel, "kind" | "enabled" | "state" | "failing_since" | "last_error">): Standing {
  const { kind, enabled, state, failing_since, last_error } = channel;
  if (!enabled) return { is: "open", word: "Paused", more: null };
  if (state === "ok") return { is: "good", word: "Works", more: null };
  if (state === "new") return { is: "open", word: "Not used yet", more: "Send a test message to see whether it arrives." };
  const since = failing_since ? `Since ${instant(failing_since)}. ` : "";
  if (state === "failing") return { is: "bad", word: "Failing", more: `${since}${last_error ?? ""}`.trim() || null };
  return { is: "bad", word: "Blocked", more: `${since}${last_error ?? ""} ${howToUnblock[kind] ?? "Check the address, then try again."}`.trim() };
}

export function lastSent({ last_sent_at, waiting }: Pick<Channel, "last_sent_at" | "waiting">): string {
  const last = last_sent_at ? `Last message ${instant(last_sent_at)}` : "No message yet";
  return waiting > 0 ? `${last} · ${number(waiting)} waiting` : last;
}

/** Nothing more happens to it by itself. */
export const isSettled = ({ state }: Pick<Delivery, "state">): boolean => state === "sent" || state === "dead" || state === "dropped";

/** Why something was not sent, by the word the server uses for it. A whole sentence stays as it is. */
const reasons: Record<string, string> = {
  done: "already done",
  "done meanwhile": "already done",
  skipped: "you skipped it",
  "skipped meanwhile": "you skipped it",
  "answered elsewhere": "already answered",
  "asked again": "the question was asked again instead",
  "not due": "not due that day",
  paused: "the habit was paused",
  "paused meanwhile": "the habit was paused",
  archived: "the habit is in the archive",
  "archived meanwhile": "the habit is in the archive",
  "deleted meanwhile": "the habit is gone",
  quiet: "quiet hours",
  vacation: "you were on vacation",
  off: "reminders were off",
  resting: "it rests for a while, because it was not answered",
  missed: "Daybeat was not running at that time",
  "too late": "it came too late to be of use",
  enough: "enough nudges for one day",
};

export function reasonInWords(reason: string | null): string {
  if (!reason) return "";
  const known = reasons[reason.replaceAll("_", " ").toLowerCase()] ?? reason;
  const end = /[.!?…]$/.test(known) ? "" : ".";
  return `${known}${end}`;
}

const notSent = (reason: string | null) => (reason ? `Not sent: ${reasonInWords(reason)}` : "Not sent.");

const seconds = (from: string, to: string): string => {
  const taken = Math.max(0, Date.parse(to) - Date.parse(from)) / 1000;
  return taken < 60 ? `${number(Math.round(taken * 10) / 10)} s` : plural(Math.round(taken / 60), "minute");
};

/** What became of it, in a sentence. */
export function deliveryInWords({ state, reason, attempts, created_at, sent_at, next_at }: Delivery, zone: string): string {
  switch (state) {
    case "sent":
      return sent_at ? `Sent after ${seconds(created_at, sent_at)}.` : "Sent.";
    case "failed": {
      const tried = attempts > 1 ? ` Tried ${number(attempts)} times.` : "";
      const next = next_at ? ` The next try is at ${clock(next_at, zone)}.` : "";
      return `Not sent yet: ${reasonInWords(reason) || "something went wrong."}${tried}${next}`;
    }
    case "dead":
    case "dropped":
      return notSent(reason);
    default:
      return "On its way.";
  }
}

export const skippedInWords = (reason: string | null): string => notSent(reason);

/** What the dot of a delivery looks like. */
export const dotOf = (state: DeliveryState): Is => (state === "sent" ? "good" : state === "failed" || state === "dead" ? "bad" : "open");

const stateWords: Record<DeliveryState, string> = {
  pending: "Waiting",
  sending: "Waiting",
  sent: "Sent",
  failed: "Trying again",
  dead: "Given up",
  dropped: "Not sent",
};
export const stateInWords = (state: DeliveryState): string => stateWords[state];

export const languages = [
  { value: "en", label: "English" },
  { value: "de", label: "Deutsch" },
] as const;
