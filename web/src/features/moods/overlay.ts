// Moods as the user sees them: the server's word with what still waits in this browser on top.
import type { Mood, MoodDay } from "@/api/types";
import type { IsoDate } from "@/lib/days";
import type { MoodOperation } from "./operation";

export const words = ["awful", "bad", "okay", "good", "great"];

export type SeenMood = Mood & { waiting?: boolean };

function recorded({ moodId, date, change }: MoodOperation): SeenMood | null {
  if (change.kind !== "record") return null;
  const { said, promptId } = change;
  return {
    ...said,
    id: moodId,
    mood: words[said.score - 1]!,
    date,
    source: "web",
    prompt_id: promptId,
    created_at: said.at,
    changed_at: null,
    waiting: true,
  };
}

function after(moods: SeenMood[], operation: MoodOperation): SeenMood[] {
  const { moodId, change } = operation;
  switch (change.kind) {
    case "record":
      return [recorded(operation)!, ...moods.filter(({ id }) => id !== moodId)];
    case "correct":
      return moods.map((mood) => (mood.id === moodId ? { ...mood, ...change.fields, waiting: true } : mood));
    case "remove":
      return moods.filter(({ id }) => id !== moodId);
  }
}

/** The moods of one day, the newest first. */
export function overlayMoods(moods: Mood[], waiting: readonly MoodOperation[], date: IsoDate): SeenMood[] {
  const own = waiting.filter((each) => each.date === date);
  if (own.length === 0) return moods;
  return own.reduce<SeenMood[]>(after, moods).toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

function withMood(day: MoodDay | undefined, date: IsoDate, score: number): MoodDay {
  if (!day) return { date, mean: score, count: 1, lowest: score, highest: score };
  return {
    date,
    mean: (day.mean * day.count + score) / (day.count + 1),
    count: day.count + 1,
    lowest: Math.min(day.lowest, score),
    highest: Math.max(day.highest, score),
  };
}

function withoutMood(day: MoodDay, score: number): MoodDay | null {
  if (day.count <= 1) return null;
  return { ...day, mean: (day.mean * day.count - score) / (day.count - 1), count: day.count - 1 };
}

/** A year of days with one more mood, or one less. */
export function moved(days: MoodDay[], { date, change }: Pick<MoodOperation, "date" | "change">): MoodDay[] {
  if (change.kind === "correct") return days;
  const day = days.find((each) => each.date === date);
  const others = days.filter((each) => each.date !== date);
  const next =
    change.kind === "record" ? withMood(day, date, change.said.score) : day ? withoutMood(day, change.score) : null;
  return next ? [...others, next] : others;
}

export const overlayYear = (days: MoodDay[], waiting: readonly MoodOperation[]): MoodDay[] => waiting.reduce(moved, days);
