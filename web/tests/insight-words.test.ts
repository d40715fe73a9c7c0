import { describe, expect, test } from "vitest";
import { inOrder } from "@/features/insights/charts/AssociationsChart";
import { hoursInWords } from "@/features/insights/charts/HoursChart";
import { moodInWords } from "@/features/insights/charts/MoodChart";
import { levelOf, yearInWords } from "@/features/insights/charts/YearChart";
import { keyOf, signOf } from "@/features/insights/reports/signs";
import * as words from "@/features/insights/words";
import { association, risk, tooLittle, trends, young } from "./figures";

describe("in words", () => {
  test.each([
    [0.8, 0.7, "10 points up", "+10"],
    [0.69, 0.7, "1 point down", "−1"],
    [0.701, 0.7, "the same", "0"],
  ])("%d beside %d is %s", (now, before, said, short) => {
    expect(words.change(now, before)).toBe(said);
    expect(words.delta(now, before)).toBe(short);
  });
  test("nothing to compare with is no change", () => expect(words.change(0.5, null)).toBe("–"));
  test("a chance has a word for each fifth", () => {
    expect([0.95, 0.6, 0.5, 0.2, 0].map(words.chanceInWords)).toEqual([
      "very likely to be missed",
      "likely to be missed",
      "could go either way",
      "likely to be done",
      "very likely to be done",
    ]);
  });
  test("the next time is said as people say it", () => {
    expect(words.whenDue({ day: "2026-11-27", unit: "day" }, "2026-11-27")).toBe("today");
    expect(words.whenDue({ day: "2026-11-28", unit: "day" }, "2026-11-27")).toBe("tomorrow");
    expect(words.whenDue({ day: "2026-11-23", unit: "week" }, "2026-11-27")).toBe("this week");
    expect(words.whenDue({ day: "2026-12-01", unit: "month" }, "2026-11-27")).toBe("next month");
  });
  test("what is too early says how much is missing", () => {
    const waiting = [risk({ missing: 7 }), risk({ name: "Run", unit: "week", missing: 1 }), risk({ name: "Known" })];
    expect(words.tooEarly(waiting)).toBe("Too early to say: Read (7 more days) and Run (1 more week).");
    expect(words.tooEarly([risk()])).toBe("");
  });
  test.each([
    ["finding", null, "likely"],
    ["hint", null, "maybe"],
    ["nothing", null, "no pattern"],
    ["too little data", "2026-12-05", "enough on Dec 5, 2026"],
    ["too little data", null, "too little so far"],
  ] as const)("%s %s: %s", (verdict, enough_on, said) => expect(words.verdictInWords({ verdict, enough_on })).toBe(said));
  test("an effect comes with its range", () => {
    expect(words.effectInWords(association())).toBe("+0.42 points of mood (+0.2 to +0.61)");
    expect(words.effectInWords(tooLittle())).toBe("");
  });
  test("associations are summed up by how sure they are", () => {
    expect(words.associationsInWords([association(), association({ name: "Run", verdict: "hint" })])).toBe("Likely: Read. Maybe: Run.");
    expect(words.associationsInWords([association({ verdict: "nothing" })])).toContain("Nothing stands out");
    expect(words.associationsInWords([tooLittle()])).toBe("There is too little to compare so far.");
  });
  test("the largest effect comes first, what is unknown last and the soonest first", () => {
    const names = inOrder([
      tooLittle({ name: "Later", enough_on: "2027-01-01" }),
      association({ name: "Small", points: 0.1 }),
      tooLittle({ name: "Soon", enough_on: "2026-12-01" }),
      association({ name: "Large", points: -0.5 }),
    ]).map(({ name }) => name);
    expect(names).toEqual(["Large", "Small", "Soon", "Later"]);
  });
  test("a newcomer hears what comes when, the nearest first, and nothing that is past", () => {
    const coming = words.whatComes(young, [risk({ missing: 8 }), risk({ missing: 9 })], [tooLittle({ enough_on: "2026-12-24" })]);
    expect(coming.map(({ what, on }) => `${on} ${what}`)).toEqual([
      "2026-12-05 What may break tomorrow",
      "2026-12-09 Your year, your mood and your strength as pictures",
      "2026-12-16 When you do it",
      "2026-12-24 What goes with better days",
      "2026-12-26 What changed",
    ]);
    expect(words.whatComes({ ...young, began: "2026-11-01" }, [], []).some(({ on }) => on !== null && on <= young.today)).toBe(false);
  });
});

describe("pictures in words", () => {
  test.each([
    [0, 0, "0"],
    [1, 0, "4"],
    [0, 3, "missed"],
    [1, 4, "1"],
    [2, 4, "2"],
    [3, 4, "3"],
    [4, 4, "4"],
  ])("%d of %d is %s", (done, due, level) => expect(levelOf({ done, due })).toBe(level));
  test("the year counts what was due", () => {
    expect(yearInWords(trends.days)).toBe("4 of 8 done, 50%. Everything on 1 day of 2.");
    expect(yearInWords([])).toBe("Nothing was due in this time.");
  });
  test("the mood is compared with the start of the time", () => {
    expect(moodInWords(trends.days)).toBe("The mean of seven days is 4 of 5; at the start of this time it was 3.");
    expect(moodInWords([])).toBe("No moods were said in this time.");
  });
  test("the busiest hour is named", () => {
    const cell = { weekday: 0, hour: 7, check_ins: 3, moods: 0, mood: null };
    expect(hoursInWords([cell, { ...cell, weekday: 2, check_ins: 1 }], "check_ins")).toBe("Most check-ins came on Monday from 07:00: 3 of 4.");
    expect(hoursInWords([cell], "moods")).toBe("No moods in this time.");
  });
  test("signs of days need no colour, and the key names each once", () => {
    expect(["done", "missed", "skipped", "paused", "free"].map((state) => signOf(state)[0])).toEqual(["✓", "·", "/", "–", ""]);
    expect(keyOf(["kept", "done", "missed", "no"])).toEqual([
      ["✓", "done"],
      ["·", "missed"],
    ]);
  });
});
