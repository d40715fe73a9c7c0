import { describe, expect, test } from "vitest";
import { dayLabel, noteLine, ruleInWords } from "@/features/check-ins/words";
import { withDevicesInWords } from "@/lib/device";
import { day, item, stats, water } from "./examples";

describe("the name of a check-in", () => {
  test("says habit, day and state", () => {
    expect(dayLabel(item(), day({ state: "done" }), false)).toBe("Read 20 pages, Tuesday 17 November, done");
  });
  test("never calls done what only waits", () => {
    expect(dayLabel(item(), day({ state: "done" }), true)).toBe("Read 20 pages, Tuesday 17 November, done, waiting to be sent");
  });
  test("counts amounts", () => {
    expect(dayLabel(water(), day({ state: "partial", amount: 3 }), false)).toBe("Water, Tuesday 17 November, 3 of 8 glasses");
  });
});

describe("the note line", () => {
  test("tells the run", () => expect(noteLine(item(), false)).toBe("12 days in a row"));
  test("is kind about yesterday", () => expect(noteLine(item(), true)).toBe("Missed yesterday. Strength 92%"));
  test("welcomes a new habit", () => {
    expect(noteLine(item({ stats: { ...stats, streak: 0, total: 0 } }), false)).toBe("A fresh start");
  });
  test("is content with a quota", () => {
    const period = { from: "2026-11-16", to: "2026-11-22", done: 3, target: 3 };
    const run = item({ schedule: { kind: "per_week", n: 3 }, period, satisfied: true });
    expect(noteLine(run, false)).toBe("3 of 3 this week. That is enough.");
  });
});

describe("a rule in words", () => {
  const rule = { target: null, direction: null, unit: null };
  test.each([
    [{ kind: "daily" as const }, "Every day"],
    [{ kind: "weekdays" as const, days: [4, 0, 2] }, "Every Monday, Wednesday and Friday"],
    [{ kind: "weekdays" as const, days: [0, 1, 2, 3, 4] }, "Every weekday"],
    [{ kind: "every_n_days" as const, n: 2 }, "Every other day"],
    [{ kind: "per_week" as const, n: 1 }, "Once a week"],
    [{ kind: "per_month" as const, n: 4 }, "4 times a month"],
    [{ kind: "avoid" as const }, "Avoid it, every day"],
  ])("%o is %s", (schedule, words) => expect(ruleInWords({ ...rule, schedule })).toBe(words));
  test("carries the amount", () => {
    const pages = { target: 20, direction: "at_least" as const, unit: "pages" };
    expect(ruleInWords({ ...pages, schedule: { kind: "weekdays", days: [0, 2, 4] } })).toBe(
      "Every Monday, Wednesday and Friday, at least 20 pages",
    );
    expect(ruleInWords({ ...pages, schedule: { kind: "weekly_total" } })).toBe("At least 20 pages in total each week");
  });
});

test("a device is called by what people call it", () => {
  const agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36";
  expect(withDevicesInWords(`Signed in (${agent})`)).toBe("Signed in (Chrome on Android)");
  expect(withDevicesInWords("daybeat terminal")).toBe("daybeat terminal");
});
