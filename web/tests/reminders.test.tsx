import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { signedIn } from "@/api/session";
import type { Habit, NewHabit } from "@/api/types";
import { emptyDraft } from "@/features/habits/form/draft";
import { HabitForm } from "@/features/habits/form/HabitForm";
import { draftOf, settingsFrom } from "@/features/reminders/draft";
import { usualNudge } from "@/features/reminders/NudgeFields";
import { RemindersCard } from "@/features/reminders/RemindersCard";
import { ReminderSettingsCard } from "@/features/reminders/ReminderSettingsCard";
import { lackingIn, slotOf, slotsInWords, textOf } from "@/features/reminders/times";
import type { HabitReminders, Nudge, NudgeWish, ReminderSettings } from "@/features/reminders/types";
import { nextInWords, nudgeInWords } from "@/features/reminders/words";
import { queryClient } from "@/lib/queryClient";
import { signedIn as answer } from "./examples";
import { serve } from "./server";

const ZONE = "Europe/Berlin";
const NOON = Date.parse("2026-11-17T11:00:00Z");

const nudge = (part: Partial<Nudge> = {}): Nudge => ({
  enabled: true,
  at: "20:00",
  learned_at: "20:00",
  reason: "",
  resting_until: null,
  doubted: false,
  ...part,
});
const settings: ReminderSettings = {
  enabled: true,
  quiet_hours: null,
  vacation_until: null,
  milestones: true,
  daily_summary: null,
  weekly_report: null,
  monthly_report: null,
};

beforeEach(() => {
  queryClient.clear();
  signedIn(answer);
});

describe("times", () => {
  test.each(["07:30", "mon,wed,fri 18:00", "sun 21:15"])("%s is read and written the same", (text) => {
    expect(textOf(slotOf(text))).toBe(text);
  });
  test("days are written in the order of the week, and all of them as none", () => {
    expect(textOf({ time: "18:00", days: [4, 0] })).toBe("mon,fri 18:00");
    expect(textOf({ time: "18:00", days: [6, 5, 4, 3, 2, 1, 0] })).toBe("18:00");
  });
  test.each([
    [["07:30"], "Reminds me at 07:30 every day."],
    [["18:00", "mon,tue,wed,thu,fri 07:30"], "Reminds me at 07:30 on weekdays; at 18:00 every day."],
    [["sat,sun 10:00"], "Reminds me at 10:00 at the weekend."],
    [["mon,wed 10:00"], "Reminds me at 10:00 on Monday and Wednesday."],
    [[], "No reminder at a fixed time."],
  ])("%o: %s", (texts, words) => {
    expect(slotsInWords(texts.map(slotOf))).toBe(words);
  });
  test("what is missing is named", () => {
    expect(lackingIn([{ time: "", days: [0] }])).toBe("Each reminder needs a time.");
    expect(lackingIn([{ time: "10:00", days: [] }])).toBe("Each reminder needs at least one day.");
    expect(lackingIn([slotOf("07:30")])).toBeUndefined();
  });
});

describe("in words", () => {
  test.each([
    [{ at: "2026-11-17T19:00:00Z", why: "nudge" }, "Today at 20:00, a nudge."],
    [{ at: "2026-11-18T06:30:00Z", why: "time" }, "Tomorrow at 07:30, a time you chose."],
    [{ at: "2026-11-17T11:30:00Z", why: "snooze" }, "Today at 12:30, as you asked."],
    [null, "No reminder is planned."],
  ] as const)("%o: %s", (next, words) => {
    expect(nextInWords(next, ZONE, NOON)).toBe(words);
  });
  test.each([
    [nudge(), "Nudges come at 20:00, the time you chose."],
    [nudge({ learned_at: "07:25", reason: "You usually do this at 7:40." }), "Nudges come at 07:25 now, instead of 20:00. You usually do this at 7:40."],
    [nudge({ doubted: true }), "Nudges stopped, because they went unanswered for a while. Should they go on?"],
    [nudge({ enabled: false }), "Nudges are off."],
  ])("%o: %s", (stands, words) => {
    expect(nudgeInWords(stands, ZONE)).toBe(words);
  });
});

function showForm() {
  const onSubmit = vi.fn<(habit: NewHabit, nudge: NudgeWish | null) => void>();
  const draft = { ...emptyDraft("2026-11-17"), name: "Run" };
  render(<HabitForm initial={draft} nudge={usualNudge} action="Start" cancelTo="/" busy={false} error={null} onSubmit={onSubmit} />);
  return onSubmit;
}

describe("the form of a habit", () => {
  test("keeps times with their days, and reads them back", async () => {
    const onSubmit = showForm();
    await userEvent.click(screen.getByRole("button", { name: "Add a time" }));
    const days = screen.getByRole("group", { name: "Days of reminder 1" });
    for (const day of ["Saturday", "Sunday"]) await userEvent.click(within(days).getByRole("button", { name: day }));
    expect(screen.getByText("Reminds me at 18:00 on weekdays.")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Start" }));
    expect(onSubmit).toHaveBeenCalledWith(expect.objectContaining({ reminders: ["mon,tue,wed,thu,fri 18:00"] }), null);
  });
  test("asks for a day when there is none, and sends nothing", async () => {
    const onSubmit = showForm();
    await userEvent.click(screen.getByRole("button", { name: "Add a time" }));
    const days = screen.getByRole("group", { name: "Days of reminder 1" });
    for (const day of within(days).getAllByRole("button")) await userEvent.click(day);
    await userEvent.click(screen.getByRole("button", { name: "Start" }));
    expect(screen.getByText("Each reminder needs at least one day.")).toBeInTheDocument();
    expect(onSubmit).not.toHaveBeenCalled();
  });
  test("offers at most twelve", async () => {
    showForm();
    const add = screen.getByRole("button", { name: "Add a time" });
    for (let count = 0; count < 12; count++) await userEvent.click(add);
    expect(add).toBeDisabled();
    await userEvent.click(screen.getByRole("button", { name: "Remove reminder 12" }));
    expect(add).toBeEnabled();
  });
  test("switches nudges on with a time by day", async () => {
    const onSubmit = showForm();
    await userEvent.click(screen.getByRole("switch", { name: "Nudge me when it is still open" }));
    const at = screen.getByLabelText("Begin at");
    await userEvent.clear(at);
    await userEvent.type(at, "23:00");
    await userEvent.click(screen.getByRole("button", { name: "Start" }));
    expect(screen.getByText("Nudges come between 08:00 and 22:00.")).toBeInTheDocument();
    await userEvent.clear(at);
    await userEvent.type(at, "19:30");
    await userEvent.click(screen.getByRole("button", { name: "Start" }));
    expect(onSubmit).toHaveBeenCalledWith(expect.objectContaining({ name: "Run", reminders: [] }), { enabled: true, at: "19:30" });
  });
});

describe("the reminders of a habit", () => {
  const habit = { id: "read", name: "Read", reminders: ["07:30"] } as Habit;
  function show(stands: Nudge) {
    const seen: HabitReminders = { habit_id: "read", next: null, nudge: stands };
    const asked = serve(() => ({ body: seen }));
    render(
      <QueryClientProvider client={queryClient}>
        <RemindersCard habit={habit} />
      </QueryClientProvider>,
    );
    return asked;
  }
  test("say why the time moved, and go back to it", async () => {
    const asked = show(nudge({ learned_at: "07:25", reason: "You usually do this at 7:40." }));
    expect(await screen.findByText(/You usually do this at 7:40\./)).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Back to 20:00" }));
    await waitFor(() => expect(asked.map(({ method, path }) => `${method} ${path}`)).toContain("POST /api/v1/reminders/habits/read/nudge/undo"));
  });
  test("ask whether to go on after a long silence", async () => {
    const asked = show(nudge({ doubted: true }));
    await userEvent.click(await screen.findByRole("button", { name: "Ask me again" }));
    await waitFor(() => expect(asked.map(({ method, path }) => `${method} ${path}`)).toContain("POST /api/v1/reminders/habits/read/nudge/resume"));
  });
  test("need nothing while all is as it was chosen", async () => {
    show(nudge());
    expect(await screen.findByText("Nudges come at 20:00, the time you chose.")).toBeInTheDocument();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });
});

describe("settings", () => {
  test("survive the way through the form unchanged", () => {
    const all = { ...settings, quiet_hours: { from: "21:00", to: "07:00" }, vacation_until: "2026-12-24", daily_summary: "21:30", weekly_report: { day: 0, at: "09:00" }, monthly_report: { day: 28, at: "08:00" } };
    expect(settingsFrom(draftOf(all))).toEqual(all);
    expect(settingsFrom(draftOf(settings))).toEqual(settings);
  });
  test("are sent as a whole, once", async () => {
    const asked = serve(({ method, body }) => ({ body: method === "PUT" ? body : settings }));
    render(
      <QueryClientProvider client={queryClient}>
        <ReminderSettingsCard />
      </QueryClientProvider>,
    );
    expect(await screen.findByRole("button", { name: "Save" })).toBeDisabled();
    await userEvent.click(screen.getByRole("switch", { name: "Quiet hours of my own" }));
    await userEvent.click(screen.getByRole("switch", { name: "A report each week" }));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(screen.getByRole("button", { name: "Save" })).toBeDisabled());
    expect(asked.filter(({ method }) => method === "PUT").map(({ body }) => body)).toEqual([
      { ...settings, quiet_hours: { from: "22:00", to: "07:00" }, weekly_report: { day: 6, at: "18:00" } },
    ]);
  });
});
