import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { draftOf, emptyDraft, inputOf } from "@/features/habits/form/draft";
import { HabitForm } from "@/features/habits/form/HabitForm";
import { usualNudge } from "@/features/reminders/NudgeFields";
import type { NudgeWish } from "@/features/reminders/types";
import type { Habit, NewHabit } from "@/api/types";

function show() {
  const onSubmit = vi.fn<(habit: NewHabit, nudge: NudgeWish | null) => void>();
  render(
    <HabitForm initial={emptyDraft("2026-11-17")} nudge={usualNudge} action="Start" cancelTo="/" busy={false} error={null} onSubmit={onSubmit} />,
  );
  return onSubmit;
}

test("repeats the schedule in plain words while it is chosen", async () => {
  show();
  expect(screen.getByText("Every day", { selector: "p" })).toBeInTheDocument();
  await userEvent.selectOptions(screen.getByLabelText("Schedule"), "weekdays");
  await userEvent.click(screen.getByLabelText("Count an amount"));
  await userEvent.type(screen.getByLabelText("Amount"), "20");
  await userEvent.type(screen.getByLabelText("Unit"), "pages");
  expect(screen.getByText("Every Monday, Wednesday and Friday, at least 20 pages")).toBeInTheDocument();
});

test("names what is missing instead of sending it", async () => {
  const onSubmit = show();
  await userEvent.click(screen.getByRole("button", { name: "Start" }));
  expect(onSubmit).not.toHaveBeenCalled();
  expect(screen.getByLabelText("Name")).toHaveAccessibleDescription(/^Give it a name\./);
});

test("sends what was written", async () => {
  const onSubmit = show();
  await userEvent.type(screen.getByLabelText("Name"), "Run");
  await userEvent.selectOptions(screen.getByLabelText("Schedule"), "per_week");
  await userEvent.type(screen.getByLabelText("Tags (optional)"), "health, morning, health");
  await userEvent.click(screen.getByRole("button", { name: "Start" }));
  expect(onSubmit).toHaveBeenCalledWith(
    expect.objectContaining({
      name: "Run",
      schedule: { kind: "per_week", n: 3, week_start: 0 },
      tags: ["health", "morning"],
      target: null,
    }),
    null,
  );
});

test("a habit survives the way through the form unchanged", () => {
  const habit = {
    name: "Swim",
    question: "Did I swim?",
    icon: null,
    color: "blue",
    tags: ["health"],
    start: "2026-01-01",
    schedule: { kind: "weekly_total", week_start: 0 },
    target: 10,
    direction: "at_least",
    unit: "km",
    reminders: ["07:30", "mon,wed 18:00"],
  } as unknown as Habit;
  expect(inputOf(draftOf(habit), 0)).toEqual(habit);
});
