import { expect, test } from "vitest";
import { levelOf, summary, yearsOf } from "@/features/habits/detail/year";
import { sectionsOf } from "@/features/today/sectionsOf";
import { toCsv } from "@/lib/csv";
import { newId } from "@/lib/ids";
import { lastWeeks } from "@/lib/weeks";
import { fieldErrors, inWords, Problem, Unreachable } from "@/api/problem";
import { day, item } from "./examples";

test("ids are UUIDs of version 7 and sort by the order they were made in", () => {
  const ids = Array.from({ length: 5_000 }, newId);
  expect(ids[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a note cannot run as a formula or break its row", () => {
  expect(toCsv([["=1+1", 'say "hi", now', -3, null]])).toBe(`'=1+1,"say ""hi"", now",-3,`);
});

test("problems become words and find their field", () => {
  const refused = new Problem(422, { errors: [{ field: "body.password", message: "is too short" }] }, null);
  expect(fieldErrors(refused)).toEqual({ password: "is too short" });
  expect(inWords(new Problem(429, {}, 3))).toContain("Try again in a moment");
  expect(inWords(new Unreachable())).toBe("The server can't be reached right now.");
});

test("a satisfied quota stays where it was tapped, and steps aside only when it needs no tap", () => {
  const met = item({ habit_id: "met", satisfied: true });
  const tapped = item({ habit_id: "tapped", satisfied: true, state: "done", count: 1 });
  const rest = item({ habit_id: "rest", due: false, state: "free" });
  const sections = sectionsOf([met, tapped, rest, item()]);
  expect(sections.due.map(({ habit_id }) => habit_id)).toEqual(["tapped", "read"]);
  expect(sections.met).toEqual([met]);
  expect(sections.notDue).toEqual([rest]);
});

const lived = (part: Parameters<typeof day>[0]) => ({ ...day(part), strength: 0.5 });

test("a year of days is graded, summed up and cut into weeks", () => {
  expect(levelOf(lived({ state: "partial", amount: 2 }), 20)).toBe("1");
  expect(levelOf(lived({ state: "partial", amount: 19 }), 20)).toBe("3");
  expect(summary([lived({ state: "done" }), lived({ state: "missed" }), lived({ state: "skipped" }), lived({})])).toBe(
    "1 of 2 days done, 1 skipped or paused.",
  );
  expect(lastWeeks(26, "2026-11-22", 0)).toEqual({ from: "2026-05-25", to: "2026-11-22" });
  expect(yearsOf("2015-03-01", "2026-11-22")).toHaveLength(12);
});
