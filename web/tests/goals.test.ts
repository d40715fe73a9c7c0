import { describe, expect, test } from "vitest";
import { burnUp, heightOf } from "@/features/goals/detail/burnup";
import { changesOf, draftOf, emptyDraft, inputOf, inWords, missing, quarters } from "@/features/goals/form/draft";
import type { Goal } from "@/features/goals/types";
import { adviceFor, answerOf, deadlineInWords, forecastInWords, milestonesInWords, paceInWords, rounded, shareInWords, verdictOf } from "@/features/goals/words";
import { behind, forecast, goal, TODAY, unknown } from "./goalExamples";

describe("words", () => {
  test.each<[Partial<Goal>, string, string]>([
    [{}, "on pace", "good"],
    [behind(), "behind", "bad"],
    [{ forecast: { ...unknown, verdict: "too early to say" } }, "too early to say", "open"],
    [{ forecast: unknown, deadline: null }, "no deadline", "open"],
    [{ remaining: 0, state: "completed" }, "reached", "good"],
    [{ state: "completed" }, "completed", "good"],
    [{ state: "archived" }, "archived", "open"],
  ])("%o is %s", (part, words, is) => {
    expect(verdictOf(goal(part))).toEqual({ words, is });
  });
  test("a pace below one is told by the week", () => {
    expect(paceInWords(goal({ pace: 0.1, needed_pace: 0.2, unit: "books" }), TODAY)).toBe("0.7 books a week over the last 28 days; 1.4 books a week needed.");
    expect(paceInWords(goal(), TODAY)).toBe("2.14 km a day over the last 28 days; 1.64 km a day needed.");
  });
  test("a young goal's pace is that of its own days, and nothing is called nothing", () => {
    expect(paceInWords(goal({ start: "2026-11-16", needed_pace: null }), TODAY)).toBe("2.14 km a day over the last 2 days.");
    expect(paceInWords(goal({ pace: 0, needed_pace: null }), TODAY)).toBe("Nothing was added over the last 28 days.");
  });
  test("what is needed is said once", () => {
    expect(paceInWords(behind(), TODAY)).toBe("2.14 km a day over the last 28 days.");
    expect(adviceFor(behind(), TODAY)).toContain("5 km a day from now on still gets there.");
    expect(adviceFor(goal(), TODAY)).toBeNull();
  });
  test("a deadline that has passed asks for another one", () => {
    expect(adviceFor(behind({ deadline: "2026-11-01", needed_pace: null }), TODAY)).toBe("The day has passed. Give it a later one, or call it done as it is.");
  });
  test.each<[Partial<Goal>, RegExp]>([
    [{}, /^Likely reached around .+2027 \(.+2027\)\.$/],
    [{ forecast: { ...forecast, latest: null } }, /at the earliest on/],
    [{ forecast: { ...forecast, latest: null, likely: null } }, /^Reached on .+ at the earliest\.$/],
    [{ forecast: unknown, start: "2026-11-10" }, /three weeks are enough to foresee a day/],
    [{ forecast: unknown }, /more than five years away/],
    [{ forecast: unknown, pace: 0 }, /once something is added/],
    [{ remaining: 0, reached_on: "2026-11-01" }, /^Reached on /],
    [{ state: "archived", ended_on: "2026-11-01" }, /^Closed on /],
  ])("the forecast of %o", (part, words) => {
    expect(forecastInWords(goal(part), TODAY)).toMatch(words);
  });
  test("the share is never whole while something is missing", () => {
    expect(shareInWords(goal({ progress: 499.9, remaining: 0.1 }))).toBe("99%");
    expect(shareInWords(goal({ progress: 600, remaining: 0 }))).toBe("100%");
    expect(shareInWords(goal({ progress: -3, remaining: 503 }))).toBe("0%");
  });
  test("milestones, deadlines and answers", () => {
    const milestones = [{ at: 250, name: "Half way", reached_on: "2026-10-20" }, { at: 375, name: "", reached_on: null }];
    expect(milestonesInWords(goal({ milestones }))).toBe("1 of 2 milestones reached. Next: 375 km.");
    expect(milestonesInWords(goal())).toBeNull();
    expect(deadlineInWords(goal({ deadline: "2026-11-18" }), TODAY)).toMatch(/1 day left$/);
    expect(deadlineInWords(goal({ deadline: TODAY }), TODAY)).toBe("Deadline today");
    expect(answerOf(goal())).toMatch(/^On pace for /);
    expect(answerOf(goal({ forecast: unknown, deadline: null }))).toBe("Too early to say");
  });
  test.each([[0.0414, 0.04], [1.256, 1.26], [12.34, 12.3], [1234.4, 1234]])("%d is read as %d", (value, read) => {
    expect(rounded(value)).toBe(read);
  });
});

describe("draft", () => {
  const draft = { ...emptyDraft(TODAY), name: " Read ", target: "24", unit: "books" };
  const habits = new Map([["read", { id: "read", name: "Read", unit: null }]]) as never;
  test("reads itself back", () => {
    expect(inWords(draft, habits)).toBe("24 books. Counts what you add by hand.");
    const links = [{ habitId: "read", weight: "0.5", counts: "check_ins" as const }];
    expect(inWords({ ...draft, links }, habits)).toBe("24 books. Counts each check-in of Read as 0.5 books.");
    expect(inWords(emptyDraft(TODAY), habits)).toBeNull();
  });
  test("says what is missing, by field", () => {
    expect(missing(emptyDraft(TODAY))).toEqual({ name: expect.any(String), target: expect.any(String) });
    const twice = [{ key: "a", at: "5", name: "" }, { key: "b", at: "5", name: "" }];
    expect(Object.keys(missing({ ...draft, milestones: twice, deadline: "2026-01-01" }))).toEqual(["deadline", "milestones"]);
    expect(Object.keys(missing({ ...draft, links: [{ habitId: "read", weight: "0", counts: "check_ins" }] }))).toEqual(["read"]);
  });
  test("quarters stand in order and are sent as numbers", () => {
    expect(inputOf({ ...draft, milestones: quarters("24").toReversed() }).milestones).toEqual([
      { at: 6, name: "" },
      { at: 12, name: "Half way" },
      { at: 18, name: "" },
    ]);
  });
  test("only what differs is sent", () => {
    expect(changesOf(goal(), draftOf(goal()))).toEqual({});
    expect(changesOf(goal(), { ...draftOf(goal()), deadline: "", name: "Run far" })).toEqual({ name: "Run far", deadline: null });
  });
});

describe("burn-up", () => {
  const seen = {
    days: [{ date: "2026-11-02", added: 4, total: 4 }, { date: "2026-11-10", added: 2, total: 6 }],
    fan: [{ date: "2026-11-24", low: 7, middle: 8, high: 10 }],
  };
  const lines = burnUp(goal({ start: "2026-11-01", deadline: "2026-11-24", target: 12 }), seen, TODAY);
  const at = (date: string) => lines.days.indexOf(date);
  test("starts at nothing, keeps each total and ends today", () => {
    expect(lines.total).toEqual([0, 0, 4, 6, 6, null]);
    expect(lines.days.at(-2)).toBe(TODAY);
  });
  test("the fan opens from today, the pace leads to the target", () => {
    expect([lines.low[at(TODAY)], lines.high[at(TODAY)], lines.high.at(-1)]).toEqual([6, 6, 10]);
    expect(lines.low[at("2026-11-10")]).toBeNull();
    expect(lines.pace.at(-1)).toBe(12);
    expect(lines.pace[0]).toBe(0);
    expect(lines.pace[at("2026-11-10")]).toBe(5);
  });
  test("a closed goal ends on its day and has no fan", () => {
    const closed = burnUp(goal({ start: "2026-11-01", deadline: null, ended_on: "2026-11-05" }), { ...seen, fan: [] }, TODAY);
    expect(closed.days).toEqual(["2026-10-31", "2026-11-01", "2026-11-02", "2026-11-05"]);
    expect(closed.pace.every((value) => value === null)).toBe(true);
  });
  test("the picture holds what was taken away and what went beyond", () => {
    expect(heightOf({ ...lines, total: [0, -3, 20] })).toEqual([-3, 22]);
  });
});
