import { beforeEach, describe, expect, test, vi } from "vitest";
import { keys } from "@/api/keys";
import { signedIn } from "@/api/session";
import type { Mood, MoodSummary, Prompt, PromptSettings } from "@/api/types";
import { removeMood, tapFace } from "@/features/moods/actions";
import { answerCame } from "@/features/moods/elsewhere";
import type { MoodOperation } from "@/features/moods/operation";
import { overlayMoods, overlayYear } from "@/features/moods/overlay";
import { dateAt, stepFrom, yearInWords } from "@/features/moods/page/pixels";
import { draftOf, wishesFrom } from "@/features/moods/prompts/draft";
import { drawn } from "@/features/moods/queries";
import { isRoughWeek, levelInWords, promptInWords, secondsOf, soon, unitOf, weekInWords, weekTitle, wishesInWords } from "@/features/moods/words";
import { deliver } from "@/features/outbox/deliver";
import { discardOutbox, openOutbox, outbox } from "@/features/outbox/outbox";
import { undo } from "@/features/outbox/undo";
import { connection } from "@/lib/connection";
import { clockIn, instantOn } from "@/lib/days";
import { queryClient } from "@/lib/queryClient";
import { shownToast } from "@/lib/toasts";
import { signedIn as answer } from "./examples";
import { serve } from "./server";

const mood = (part: Partial<Mood> = {}): Mood => ({
  id: "one",
  score: 4,
  mood: "good",
  note: null,
  tags: [],
  at: "2026-11-17T12:00:00Z",
  date: "2026-11-17",
  timezone: "Europe/Berlin",
  source: "web",
  prompt_id: null,
  created_at: "2026-11-17T12:00:00Z",
  changed_at: null,
  ...part,
});

const prompt = (part: Partial<Prompt> = {}): Prompt => ({
  id: "asked",
  state: "open",
  question: "How are you feeling?",
  scale: [],
  due_at: "2026-11-17T12:00:00Z",
  requested: false,
  asked_at: "2026-11-17T12:00:00Z",
  expires_at: "2099-01-01T00:00:00Z",
  follow_ups: 0,
  answered_at: null,
  late: false,
  mood_id: null,
  reason: null,
  channels: ["page"],
  link: null,
  ...part,
});

const said = (score: number, at: string) => ({ score, note: null, tags: [], at, timezone: "Europe/Berlin" });
const line = (...means: (number | null)[]) => means.map((mean) => ({ mean })) as MoodSummary["line"];
const waits = (moodId: string, change: MoodOperation["change"]): MoodOperation => ({
  id: moodId,
  account: "ana",
  moodId,
  date: "2026-11-17",
  change,
});

const settled = () => vi.waitFor(() => expect(outbox.get().all).toHaveLength(0));

describe("a waiting mood", () => {
  const record = waits("two", { kind: "record", said: said(2, "2026-11-17T13:00:00Z"), promptId: null, asked: false });

  test("stands among the others of its day, the newest first", () => {
    const seen = overlayMoods([mood()], [record], "2026-11-17");
    expect(seen.map(({ score, waiting }) => [score, waiting])).toEqual([[2, true], [4, undefined]]);
    expect(overlayMoods([mood()], [record], "2026-11-18")).toHaveLength(1);
  });
  test("is corrected and taken back", () => {
    const correct = waits("one", { kind: "correct", fields: { note: "rain" } });
    expect(overlayMoods([mood()], [correct], "2026-11-17")[0]).toMatchObject({ note: "rain", score: 4 });
    expect(overlayMoods([mood()], [waits("one", { kind: "remove", score: 4 })], "2026-11-17")).toEqual([]);
  });
  test("moves the mean of its day in the year", () => {
    const day = { date: "2026-11-17", mean: 4, count: 1, lowest: 4, highest: 4 };
    expect(overlayYear([day], [record])).toEqual([{ ...day, mean: 3, count: 2, lowest: 2 }]);
    expect(overlayYear([day], [waits("one", { kind: "remove", score: 4 })])).toEqual([]);
  });
});

describe("a year of columns", () => {
  test("leaves out the days there are not", () => {
    expect(dateAt(2026, 1, 28)).toBeNull();
    expect(dateAt(2024, 1, 28)).toBe("2024-02-29");
  });
  test.each([
    ["ArrowDown", "2026-03-31", "2026-04-01"],
    ["ArrowLeft", "2026-03-31", "2026-02-28"],
    ["ArrowRight", "2026-10-31", "2026-11-17"],
    ["ArrowUp", "2026-01-01", "2026-01-01"],
    ["End", "2026-01-01", "2026-11-17"],
  ])("%s from %s leads to %s", (key, from, to) => {
    expect(stepFrom(from, key, "2026-01-01", "2026-11-17")).toBe(to);
  });
  test("is summed up by the nearest face", () => {
    const days = [4, 3.6, 1].map((mean, index) => ({ date: `2026-01-0${index + 1}`, mean, count: 1, lowest: 1, highest: 5 }));
    expect(yearInWords(days, drawn)).toBe("3 days: awful 1, good 2.");
  });
});

describe("a time of day", () => {
  test("before the rollover belongs to the night after the day", () => {
    expect(instantOn("2026-11-17", "01:30", "Europe/Berlin", 3)).toBe("2026-11-18T00:30:00.000Z");
    expect(instantOn("2026-11-17", "14:05", "Europe/Berlin", 3)).toBe("2026-11-17T13:05:00.000Z");
    expect(clockIn("Europe/Berlin", Date.parse("2026-11-17T13:05:00Z"))).toEqual({ date: "2026-11-17", time: "14:05" });
  });
  test("keeps to the wall clock on the day it changes", () => {
    expect(instantOn("2026-03-29", "12:00", "Europe/Berlin", 3)).toBe("2026-03-29T10:00:00.000Z");
    expect(instantOn("2026-10-25", "12:00", "Europe/Berlin", 3)).toBe("2026-10-25T11:00:00.000Z");
  });
});

describe("the figures in words", () => {
  const week = { means: [2.9, 3, 3, 3, 3, 4, 3.5], counts: [9, 9, 9, 9, 9, 9, 5], p: null, is_pattern: false, entries_needed: 8 };

  test("say where the mood is only when days are enough", () => {
    expect(levelInWords({ level: 3.4, mean: 3.3, days: 20 })).toBe("Your mood is about where it usually is");
    expect(levelInWords({ level: 2.8, mean: 3.3, days: 20 })).toBe("Your mood is a little below where it usually is");
    expect(levelInWords({ level: 5, mean: 3, days: 9 })).toBe("Where is my mood?");
  });
  test("find no weekdays without a pattern", () => {
    expect(weekTitle(week)).toBe("When do I feel how?");
    expect(weekInWords(week)).toBe("No word on weekdays yet: Sundays still need more of the 8 moods each.");
    expect(weekInWords({ ...week, p: 0.4 })).toContain("do not differ");
    expect(weekTitle({ ...week, p: 0.001, is_pattern: true })).toBe("Saturdays are your best days, Mondays the lowest");
  });
  test("notice a rough week, and only that", () => {
    expect(isRoughWeek(line(5, 5, 1, 2, null, 2, 1, 2, 4))).toBe(true);
    expect(isRoughWeek(line(1, 1, 1, 1, 3, 3, 3))).toBe(false);
  });
});

describe("the questions in words", () => {
  const settings: PromptSettings = {
    enabled: true,
    every: "PT4H",
    times: [],
    quiet_hours: { from: "22:00", to: "08:00" },
    follow_up_after: "PT30M",
    max_follow_ups: 1,
    channels: ["page", "mqtt"],
    paused_until: null,
    next_at: "2026-11-17T15:00:00Z",
    resting_until: null,
    doubted: false,
  };

  test("read back what was wished", () => {
    const wishes = wishesFrom(draftOf(settings, "Europe/Berlin"), true, "Europe/Berlin");
    expect(wishes).toMatchObject({ every: "PT4H", follow_up_after: "PT30M", channels: ["page", "mqtt"], paused_until: null });
    expect(wishesInWords(wishes)).toBe(
      "Every 4 hours between 08:00 and 22:00. If you do not answer, once more after 30 minutes. On this page and your MQTT devices.",
    );
    expect(wishesInWords({ ...wishes, every: undefined, times: ["09:00", "14:00"], quiet_hours: null, max_follow_ups: 0, channels: [] })).toBe(
      "At 09:00 and 14:00. If you do not answer, it does not ask again. Choose a way to be asked, or nobody hears the question.",
    );
  });
  test("come soon", () => {
    const now = Date.parse("2026-11-17T12:00:00Z");
    expect(soon("2026-11-17T15:00:00Z", "Europe/Berlin", now)).toBe("at 16:00");
    expect(soon("2026-11-18T07:00:00Z", "Europe/Berlin", now)).toBe("tomorrow at 08:00");
    expect(soon("2026-11-24T07:00:00Z", "Europe/Berlin", now)).toBe("on Tuesday 24 November at 08:00");
  });
  test("know durations", () => {
    expect(secondsOf("PT1H30M")).toBe(5400);
    expect(unitOf(5400)).toMatchObject({ amount: 90, name: "minute" });
  });
  test.each([
    [prompt(), "waiting for an answer"],
    [prompt({ state: "answered", late: true }), "answered late"],
    [prompt({ state: "expired" }), "not answered"],
    [prompt({ state: "skipped", reason: "quiet" }), "not asked, because of quiet hours"],
  ])("tell what became of them", (asked, words) => expect(promptInWords(asked)).toBe(words));
});

describe("a tap on a face", () => {
  const stored = { status: 201, body: mood() };

  beforeEach(async () => {
    signedIn(answer);
    await openOutbox("ana");
    await discardOutbox();
    connection.set({ online: true });
    queryClient.clear();
  });

  test("waits offline, with its own time, and arrives once", async () => {
    const asked = serve(() => stored);
    connection.set({ online: false });
    await tapFace(4);
    expect(asked).toHaveLength(0);
    expect(shownToast()?.text).toBe("Good. Saved here. It will be sent when you are online.");
    const [waiting] = outbox.get().moods;
    connection.set({ online: true });
    await deliver();
    await settled();
    expect(asked).toHaveLength(1);
    expect(asked[0]!.headers.get("Idempotency-Key")).toBe(waiting!.id);
    expect(asked[0]!.body).toMatchObject({ id: waiting!.moodId, score: 4, prompt_id: null });
  });

  test("is taken back on the server once it left", async () => {
    const asked = serve(({ method }) => (method === "DELETE" ? { status: 204 } : stored));
    await tapFace(4);
    await settled();
    await undo();
    await settled();
    const id = (asked[0]!.body as { id: string }).id;
    expect(asked.map(({ method, path }) => [method, path])).toEqual([
      ["POST", "/api/v1/moods"],
      ["DELETE", `/api/v1/moods/${id}`],
    ]);
  });

  test("on the question gives way to an answer from elsewhere", async () => {
    serve(() => ({ status: 409, body: { type: "already-answered" } }));
    queryClient.setQueryData(keys.prompts, { items: [prompt()] });
    answerCame("asked", "web", "phone");
    await tapFace(4, true);
    await settled();
    expect(shownToast()?.text).toBe("Answered on your phone.");
  });

  test("beside the question is kept as a mood of its own", async () => {
    const asked = serve(({ body }) => ((body as { prompt_id: string | null }).prompt_id ? { status: 409, body: { type: "already-answered" } } : stored));
    queryClient.setQueryData(keys.prompts, { items: [prompt()] });
    await tapFace(4);
    await settled();
    expect(asked.map(({ body }) => (body as { prompt_id: string | null }).prompt_id)).toEqual(["asked", null]);
  });

  test("deleting what is gone already is no failure", async () => {
    serve(() => ({ status: 404, body: {} }));
    await removeMood(mood());
    await settled();
    expect(shownToast()?.text).toBe("Good: deleted.");
  });
});
