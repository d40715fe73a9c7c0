import { describe, expect, test } from "vitest";
import { addDays, daysBetween, habitDay, isDate, middayOf, startOfWeek, untilDayChange, weekdayOf } from "@/lib/days";

describe("calendar", () => {
  test("adds days over the end of a leap February", () => expect(addDays("2028-02-28", 2)).toBe("2028-03-01"));
  test("counts days over a change of clocks", () => expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2));
  test("starts the week where the user does", () => {
    expect(weekdayOf("2026-11-22")).toBe(6);
    expect(startOfWeek("2026-11-22", 0)).toBe("2026-11-16");
    expect(startOfWeek("2026-11-22", 6)).toBe("2026-11-22");
  });
  test.each(["2026-02-30", "2026-2-3", "tomorrow", "", null])("refuses %s as a date", (text) => {
    expect(isDate(text)).toBe(false);
  });
});

const at = (instant: string) => habitDay(Date.parse(instant), "Europe/Berlin", 3);

describe("habit day", () => {
  test("belongs to the evening before the rollover hour", () => {
    expect(at("2026-11-18T01:59:00Z")).toBe("2026-11-17");
    expect(at("2026-11-18T02:00:00Z")).toBe("2026-11-18");
  });
  test("has its midday inside it, whatever the zone", () => {
    for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"])
      expect(habitDay(Date.parse(middayOf("2026-11-17", zone)), zone, 6)).toBe("2026-11-17");
  });
  test("ends when the next begins", () => {
    const now = Date.parse("2026-11-18T01:30:00Z");
    expect(untilDayChange(now, "Europe/Berlin", 3)).toBe(30 * 60_000);
  });
});
