// What people do with moods, and how it is taken back.
import { keys } from "@/api/keys";
import { habitDayNow, session } from "@/api/session";
import type { Face, MoodSettings } from "@/api/types";
import { deliver } from "@/features/outbox/deliver";
import { enqueue } from "@/features/outbox/outbox";
import { offerUndo, remember } from "@/features/outbox/undo";
import { connection } from "@/lib/connection";
import { type IsoDate, instantOn } from "@/lib/days";
import { newId } from "@/lib/ids";
import { queryClient } from "@/lib/queryClient";
import { createStore } from "@/lib/store";
import { toast } from "@/lib/toasts";
import { capitalised } from "@/lib/words";
import type { Correction, MoodChange, Said } from "./operation";
import type { SeenMood } from "./overlay";
import { openPrompt } from "./prompts";
import { drawn } from "./queries";

const TICK_MS = 1_600;

/** The face that was tapped a moment ago: it shows a tick. */
export const ticked = createStore<number | null>(null);

function tick(score: number): void {
  if (session.get().user?.preferences.haptics) navigator.vibrate?.(10);
  ticked.set(score);
  setTimeout(() => ticked.set((current) => (current === score ? null : current)), TICK_MS);
}

export function labelOf(score: number): string {
  const faces: Face[] = queryClient.getQueryData<MoodSettings>(keys.moodSettings)?.faces ?? drawn;
  return faces[score - 1]?.label ?? "";
}

function say(what: string, done = "Saved."): void {
  const end = connection.get().online ? done : "Saved here. It will be sent when you are online.";
  toast(`${what} ${end}`.trim(), offerUndo);
}

async function dispatch(id: string, moodId: string, date: IsoDate, change: MoodChange): Promise<void> {
  await enqueue({ id, account: session.get().user!.id, moodId, date, change });
  void deliver();
}

/** Sends a change, and knows the way back before anybody can ask for it. */
function perform(moodId: string, date: IsoDate, change: MoodChange, back: MoodChange): Promise<void> {
  const id = newId();
  remember({ id, name: "Mood", inverse: () => dispatch(newId(), moodId, date, back) });
  return dispatch(id, moodId, date, change);
}

const record = (said: Said, promptId: string | null = null, asked = false): MoodChange => ({ kind: "record", said, promptId, asked });

/** One tap on a face: how it is right now. It answers the open question, if there is one. */
export async function tapFace(score: number, asked = false): Promise<void> {
  const { user } = session.get();
  if (!user) return;
  tick(score);
  const said = { score, note: null, tags: [], at: new Date().toISOString(), timezone: user.timezone };
  const kept = perform(newId(), habitDayNow(), record(said, openPrompt()?.id ?? null, asked), { kind: "remove", score });
  say(`${capitalised(labelOf(score))}.`);
  await kept;
}

export type Draft = { score: number; note: string; tags: string[]; time: string };

const noteOf = ({ note }: Draft) => note.trim() || null;

/** A mood at a time of some day, written in the sheet. */
export async function addMood(date: IsoDate, draft: Draft): Promise<void> {
  const { timezone, rollover_hour } = session.get().user!;
  const { score, tags, time } = draft;
  const said = { score, note: noteOf(draft), tags, at: instantOn(date, time, timezone, rollover_hour), timezone };
  const kept = perform(newId(), date, record(said), { kind: "remove", score });
  say(`${capitalised(labelOf(score))}.`);
  await kept;
}

/** What a draft changes about a mood; null when nothing does. `time` is its time before. */
export function correctionOf(mood: SeenMood, draft: Draft, time: string): Correction | null {
  const { rollover_hour } = session.get().user!;
  const fields: Correction = {};
  if (draft.score !== mood.score) fields.score = draft.score;
  if (noteOf(draft) !== mood.note) fields.note = noteOf(draft);
  if (draft.tags.join("\n") !== mood.tags.join("\n")) fields.tags = draft.tags;
  if (draft.time !== time) fields.at = instantOn(mood.date, draft.time, mood.timezone, rollover_hour);
  return Object.keys(fields).length > 0 ? fields : null;
}

export async function correctMood(mood: SeenMood, fields: Correction): Promise<void> {
  const before = Object.fromEntries(Object.keys(fields).map((name) => [name, mood[name as keyof Correction]])) as Correction;
  const kept = perform(mood.id, mood.date, { kind: "correct", fields }, { kind: "correct", fields: before });
  say("");
  await kept;
}

export async function removeMood(mood: SeenMood): Promise<void> {
  const { id, date, score, note, tags, at, timezone } = mood;
  const kept = perform(id, date, { kind: "remove", score }, record({ score, note, tags, at, timezone }));
  say(`${capitalised(labelOf(score))}: deleted.`, "");
  await kept;
}
