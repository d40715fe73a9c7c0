import { describe, expect, test } from "vitest";
import { dayInWords } from "@/features/activity/counts";
import { arrive, catchUp, isNote, MOST, noteInWords, nothing, together } from "@/features/activity/feed";
import { metadataFrom } from "@/features/activity/metadata";
import { draftOf, missing, ruleOf, textOf, valueOf } from "@/features/activity/rules/draft";
import { fedBy, targetsOf } from "@/features/activity/rules/target";
import { historyInWords, previewInWords, ruleInWords } from "@/features/activity/rules/words";
import { eventOf, lacking } from "@/features/activity/sending";
import { instantOf, offsetOf, stamped } from "@/features/activity/time";
import type { Event, Rule } from "@/features/activity/types";
import { fitting, queryOf } from "@/features/activity/view";
import { curlOf, delay, sourceOf } from "@/features/activity/words";
import type { Habit } from "@/api/types";
import { goal } from "./goalExamples";

const AT = "2026-11-17T12:00:00Z";
const event = (id: number, part: Partial<Event> = {}): Event => ({
  id, event_id: `e${id}`, user_id: 101, event_type: "login", timestamp: AT, metadata: null, received_at: "2026-11-17T12:00:00.012Z", account_id: "ana", ...part,
});
const events = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => event(from + index));
const idsOf = (entries: ReturnType<typeof together>) => entries.map((entry) => (isNote(entry) ? noteInWords(entry) : entry.id));

describe("the list", () => {
  test("shows what arrives above what was there, each once", () => {
    const arrived = arrive(arrive(nothing, events(4, 5), 0), events(5, 6), 0);
    expect(idsOf(together(arrived, [event(4), event(3)]))).toEqual([6, 5, 4, 3]);
    expect(arrived.count).toBe(3);
  });
  test("says what came too fast, in one place while nothing fits", () => {
    const once = arrive(nothing, events(1, 2), 40);
    expect(idsOf(once.entries)).toEqual([2, 1, "40 more events came too fast to show. The export has them."]);
    const none = arrive(arrive(once, [], 10), [], 1);
    expect(idsOf(none.entries)[0]).toBe("11 more events came too fast to show. The export has them.");
    expect(none.entries).toHaveLength(4);
  });
  test("catches up after a gap, and says so", () => {
    const before = arrive(nothing, [event(2)], 0);
    const page = { items: [event(4), event(3), event(2), event(1)], next_cursor: null };
    expect(idsOf(catchUp(before, [event(1)], page, true).entries)).toEqual([4, 3, "Reconnected, caught up 2 events.", 2]);
    expect(idsOf(catchUp(before, [event(1)], page, false).entries)).toEqual([4, 3, 2]);
    expect(catchUp(before, [event(1), event(3), event(4)], page, true)).toBe(before);
    const far = { items: events(60, 62).toReversed(), next_cursor: "more" };
    expect(idsOf(catchUp(before, [], far, true).entries)[3]).toBe("More than 3 events came meanwhile. The export has them all.");
  });
  test("never grows beyond what a page can bear", () => {
    const arrived = arrive(nothing, events(1, MOST + 20), 0);
    expect(together(arrived, [event(0)])).toHaveLength(MOST);
    expect(arrived.count).toBe(MOST + 20);
  });
});

test("times carry the offset of their zone, also across clock changes", () => {
  expect(stamped(Date.parse(AT) + 120, "Europe/Berlin")).toBe("2026-11-17T13:00:00.120+01:00");
  expect(stamped(Date.parse("2026-07-01T12:00:00Z"), "America/St_Johns")).toBe("2026-07-01T09:30:00.000-02:30");
  expect([offsetOf("UTC", Date.parse(AT)), offsetOf("Asia/Kolkata", Date.parse(AT))]).toEqual(["+00:00", "+05:30"]);
  expect([instantOf("2026-07-01T09:30", "Europe/Berlin"), instantOf("", "UTC"), instantOf("2026-99-01T09:30", "UTC")]).toEqual(["2026-07-01T07:30:00.000Z", null, null]);
});

test("metadata that is no JSON is explained", () => {
  expect(metadataFrom(" ")).toEqual({ value: undefined });
  expect(metadataFrom('{"a": [1]}')).toEqual({ value: { a: [1] } });
  expect(metadataFrom("{'a': 1}").trouble).toContain("double quotes");
  expect(metadataFrom('{"a": 1,}').trouble).toContain("comma");
  expect(metadataFrom("[1]").trouble).toContain("braces");
});

test("an event by hand has what the API asks for", () => {
  expect(lacking({ user: "1.5", type: " ", at: "", metadata: "x" })).toHaveProperty("user");
  expect(lacking({ user: "99999999999999999", type: "a", at: "", metadata: "" }).user).toContain("too large");
  const made = eventOf({ user: "7", type: " login ", at: "2026-11-17T13:00", metadata: '{"source": "web"}' }, "Europe/Berlin");
  expect(made).toMatchObject({ user_id: 7, event_type: "login", timestamp: "2026-11-17T13:00:00.000+01:00", metadata: { source: "web" } });
  expect(eventOf({ user: "7", type: "a", at: "", metadata: "" }, "UTC")).not.toHaveProperty("metadata");
});

test("the filter of the address is the filter of the API, and of what arrives", () => {
  const filter = { type: "login", user: "101", from: "2026-11-17T13:00", to: "", account: "" };
  const query = queryOf(filter, "Europe/Berlin", false);
  expect(query).toBe("event_type=login&user_id=101&from=2026-11-17T12%3A00%3A00.000Z");
  expect(queryOf({ ...filter, user: "x", type: "", from: "" }, "UTC", true)).toBe("account=me");
  const fits = fitting(query);
  expect([event(1), event(2, { user_id: 1 }), event(3, { event_type: "x" }), event(4, { timestamp: "2026-11-17T11:59:59Z" })].map(fits)).toEqual([true, false, false, false]);
});

test("delays, sources and commands", () => {
  const at = (received_at: string) => delay(event(1, { received_at }));
  expect([at("2026-11-17T12:00:00.012Z"), at(AT), at("2026-11-17T12:00:03.400Z"), at("2026-11-19T13:00:00Z"), at("2026-11-17T11:58:00Z")]).toEqual([
    "after 12 ms", "at once", "after 3.4 s", "after 2 days", "dated 2 minutes ahead",
  ]);
  expect([sourceOf({ metadata: { source: "web" } }), sourceOf({ metadata: { source: 1 } }), sourceOf({ metadata: null })]).toEqual(["web", "api", "api"]);
  expect(curlOf(event(1, { metadata: { a: "it's" } }), "https://d")).toContain(String.raw`"a":"it'\''s"`);
});

describe("rules", () => {
  const [water, run, closed] = targetsOf([{ id: "h", name: "Water", target: 8, unit: "glasses" } as Habit], [goal(), goal({ id: "old", ended_on: "2026-11-01" })]);
  const rule = { event_type: "login", metadata: { plan: "3", n: 3, on: true }, habit_id: "h", goal_id: null, amount: null, amount_from: "n" } as unknown as Rule;
  test("values are read as they are written", () => {
    expect([valueOf("3"), valueOf('"3"'), valueOf("true"), valueOf("null"), valueOf("web"), valueOf("{}")]).toEqual([3, "3", true, null, "web", "{}"]);
    expect(["3", 3, "web", null, ""].map(textOf)).toEqual(['"3"', "3", "web", "null", ""]);
    expect(ruleOf(draftOf(rule), water)).toMatchObject({ metadata: rule.metadata, amount: null, amount_from: "n" });
  });
  test("say what they do", () => {
    expect(ruleInWords(rule, water)).toBe('When login with plan = "3", n = 3 and on = true arrives, add the number in n to Water.');
    expect(ruleInWords({ ...rule, metadata: {}, amount_from: null, amount: 2 }, water)).toBe("When login arrives, add 2 glasses to Water.");
    expect(previewInWords({ matched: 14, adds_up_to: 14, looked_at: 200, since: null, examples: [] }, undefined)).toBe("This would have matched 14 of the last 200 events.");
    expect(Object.keys(missing({ type: "", conditions: [{ name: "", value: "x" }], feeds: "habit", target: "", how: "from", amount: "", from: "" }, undefined))).toEqual(["type", "target", "conditions"]);
  });
  test("add to a goal with a number, or 1", () => {
    const fed = { ...rule, metadata: {}, habit_id: null, goal_id: "run" };
    expect(fedBy(fed, [water!, run!])).toBe(run);
    expect(ruleInWords(fed, run)).toBe("When login arrives, add the number in n to Run 500 km.");
    expect(ruleInWords({ ...fed, amount_from: null }, run)).toBe("When login arrives, add 1 km to Run 500 km.");
    expect(ruleInWords({ ...fed, amount: 2, amount_from: null }, undefined)).toBe("When login arrives, add 2 to a goal that is archived or gone.");
    expect(ruleOf({ ...draftOf(fed), how: "once" }, run)).toMatchObject({ habit_id: null, goal_id: "run", amount: 1, amount_from: null });
    expect(missing({ ...draftOf(fed), target: "" }, undefined).target).toBe("Choose a goal.");
    expect(previewInWords({ matched: 2, adds_up_to: 7.5, looked_at: 9, since: null, examples: [] }, run)).toBe("This would have matched 2 of the last 9 events. They add up to 7.5 km.");
    expect([historyInWords({ ...fed, fired: 0, last_fired_at: null }), closed!.closed]).toEqual(["It has not added anything yet.", true]);
  });
});

test("a day in a sentence", () => {
  expect(dayInWords([{ event_type: "login", hour: AT, n: 2 }, { event_type: "x", hour: AT, n: 1 }], "Europe/Berlin")).toBe(
    "Most often login, 2 times. The fullest hour began at 13:00, with 3.",
  );
  expect(dayInWords([], "UTC")).toBe("Nothing came. Quiet is fine.");
});
