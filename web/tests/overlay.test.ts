import { describe, expect, test } from "vitest";
import type { Change, Operation } from "@/features/check-ins/operation";
import { moved, overlay, overlayItem } from "@/features/check-ins/overlay";
import { day, item, water } from "./examples";

const waiting = (...changes: Change[]) => changes.map((change) => ({ change }) as Operation);
const seen = (habit: ReturnType<typeof item>, ...changes: Change[]) => overlay(habit, habit, waiting(...changes), "2026-11-17");
const plus = (amount: number): Change => ({ kind: "add", checkInId: String(amount), amount, at: "", timezone: "" });

describe("a waiting check-in", () => {
  test("is done, and open again when cleared", () => {
    expect(seen(item(), { kind: "set", state: "done" }).state).toBe("done");
    expect(seen(item({ state: "done", count: 1 }), { kind: "clear" }).state).toBe("open");
  });
  test("adds up in the order it was made", () => {
    expect(seen(water(), plus(1), plus(2))).toMatchObject({ amount: 3, state: "partial" });
    expect(seen(water({ amount: 7, count: 1, state: "partial" }), plus(1))).toMatchObject({ amount: 8, state: "done" });
  });
  test("takes back exactly one", () => {
    const retract: Change = { kind: "retract", checkInId: "x", amount: 2 };
    expect(seen(water({ amount: 5, count: 2, state: "partial" }), retract)).toMatchObject({ amount: 3, count: 1 });
    expect(seen(water({ amount: 2, count: 1, state: "partial" }), retract)).toMatchObject({ amount: null, state: "open" });
  });
  test("goes over a limit", () => {
    const coffee = water({ direction: "at_most", target: 2, amount: 2, state: "done", count: 2 });
    expect(seen(coffee, plus(1)).state).toBe("over");
  });
  test("slips where there is something to avoid, except for a skip", () => {
    const sugar = item({ schedule: { kind: "avoid" } });
    expect(seen(sugar, { kind: "set", state: "no" }).state).toBe("slip");
    expect(seen(sugar, { kind: "set", state: "skip" }).state).toBe("skipped");
  });
  test.each([
    [{ kind: "daily" as const }, "missed"],
    [{ kind: "avoid" as const }, "kept"],
    [{ kind: "per_week" as const, n: 3 }, "free"],
  ])("leaves a cleared past day of %o %s", (schedule, state) => {
    const past = item({ date: "2026-11-10", state: "done", schedule });
    expect(seen(past, { kind: "clear" }).state).toBe(state);
  });
});

describe("a quota", () => {
  const run = item({
    schedule: { kind: "per_week", n: 3 },
    period: { from: "2026-11-16", to: "2026-11-22", done: 2, target: 3 },
  });
  test("is met by the check-in that was missing, and counts a day once", () => {
    const met = overlayItem(run, waiting({ kind: "set", state: "done" }), "2026-11-17");
    expect(met).toMatchObject({ satisfied: true, period: { done: 3 } });
    expect(moved(met, { ...met, ...day({ state: "done", count: 2 }), note: null }).period?.done).toBe(3);
  });
  test("of amounts moves by the amount", () => {
    const swim = water({
      schedule: { kind: "weekly_total" },
      target: 10,
      period: { from: "2026-11-16", to: "2026-11-22", done: 4, target: 10 },
    });
    expect(overlayItem(swim, waiting(plus(2)), "2026-11-17").period?.done).toBe(6);
  });
});
