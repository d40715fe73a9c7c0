import { QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { keys } from "@/api/keys";
import { signedIn } from "@/api/session";
import { handle } from "@/app/facts";
import GoalPage from "@/features/goals/detail/GoalPage";
import GoalsPage from "@/features/goals/GoalsPage";
import type { Entry, Goal, GoalHistory } from "@/features/goals/types";
import { queryClient } from "@/lib/queryClient";
import { shownToast, toasts } from "@/lib/toasts";
import { signedIn as answer } from "./examples";
import { behind, goal, TODAY } from "./goalExamples";
import { type Asked, serve } from "./server";

vi.mock("@/features/goals/detail/BurnUpLines", () => ({ default: () => null }));

beforeEach(() => {
  queryClient.clear();
  toasts.set([]);
  history.replaceState(null, "", "/goals");
  vi.useFakeTimers({ now: Date.parse("2026-11-17T11:00:00Z"), toFake: ["Date"] });
  signedIn(answer);
  return () => vi.useRealTimers();
});

type World = { goals: Goal[]; entries?: Entry[]; refuse?: object };

function world({ goals, entries = [], refuse }: World): Asked[] {
  const one: GoalHistory = { goal_id: "run", days: [{ date: "2026-11-01", added: 336, total: 336 }], fan: [] };
  return serve(({ method, path }) => {
    if (method !== "GET") return refuse ? { status: 422, body: refuse } : { status: method === "DELETE" ? 204 : 200, body: goals[0] ?? goal() };
    if (path.startsWith("/api/v1/habits")) return { body: { items: [] } };
    if (path.includes("/entries")) return { body: { items: entries } };
    if (path.endsWith("/history")) return { body: one };
    if (path.startsWith("/api/v1/goals?")) {
      const archived = path.includes("archived");
      return { body: { items: goals.filter(({ state }) => (state === "archived") === archived) } };
    }
    return { body: goals[0] };
  });
}

const show = (page: React.ReactElement) => render(<QueryClientProvider client={queryClient}>{page}</QueryClientProvider>);
const sent = (asked: Asked[], method: string) => asked.filter((each) => each.method === method);

describe("the list", () => {
  test("asks for a habit and a number when there is nothing", async () => {
    world({ goals: [] });
    show(<GoalsPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Set the first goal" }));
    expect(screen.getByRole("dialog", { name: "New goal" })).toBeInTheDocument();
    expect(location.search).toBe("?new=1");
  });
  test("keeps the filter in its address", async () => {
    world({ goals: [goal(), goal({ id: "a", name: "Done", state: "completed", remaining: 0 }), goal({ id: "b", name: "Old", state: "archived" })] });
    show(<GoalsPage />);
    expect(await screen.findByRole("region", { name: "Run 500 km" })).toHaveTextContent("336 of 500 km");
    expect(screen.queryByText("Done")).toBeNull();
    await userEvent.click(screen.getByRole("radio", { name: "Completed (1)" }));
    expect(screen.getByRole("link", { name: "Done" })).toHaveAttribute("href", "/goals/a");
    await userEvent.click(screen.getByRole("radio", { name: "Archived" }));
    expect(await screen.findByRole("link", { name: "Old" })).toBeInTheDocument();
    expect(location.search).toBe("?show=archived");
  });
  test("says what helps a goal that is behind", async () => {
    world({ goals: [behind()] });
    show(<GoalsPage />);
    expect(await screen.findByText(/5 km a day from now on still gets there/)).toBeInTheDocument();
  });
  test("tells that it could not load, and tries again", async () => {
    serve(() => ({ status: 418 }));
    show(<GoalsPage />);
    expect(await screen.findByText("Couldn't load your goals.")).toBeInTheDocument();
    world({ goals: [goal()] });
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Run 500 km")).toBeInTheDocument();
  });
  test("progress that changes is heard", async () => {
    const goals = [goal()];
    world({ goals });
    show(<GoalsPage />);
    await screen.findByText("Run 500 km");
    expect(screen.getByRole("status", { name: "Progress" })).toBeEmptyDOMElement();
    goals[0] = goal({ progress: 341, remaining: 159 });
    act(() => handle({ seq: 1, type: "goals.progress.changed", correlation_id: null, source: "web", device: null, data: { goal_id: "run" } }));
    await waitFor(() => expect(screen.getByRole("status", { name: "Progress" })).toHaveTextContent("Run 500 km: 341 of 500 km, 68%."));
  });
});

describe("the form", () => {
  test("sends a goal with its habit and milestones", async () => {
    const asked = world({ goals: [goal()] });
    queryClient.setQueryData(keys.habitList(false), {
      items: [
        { id: "jog", name: "Jog", target: 5, unit: "km", schedule: { kind: "daily" }, archived_on: null },
        { id: "smoke", name: "Smoke", target: null, unit: null, schedule: { kind: "avoid" }, archived_on: null },
      ],
    });
    history.replaceState(null, "", "/goals?new=1");
    show(<GoalsPage />);
    const sheet = within(screen.getByRole("dialog"));
    await userEvent.type(sheet.getByLabelText("Name", { exact: true }), "Far");
    await userEvent.type(sheet.getByLabelText("Number"), "40");
    await userEvent.type(sheet.getByLabelText("Unit"), "km");
    expect(sheet.queryByRole("option", { name: "Smoke" })).toBeNull();
    await userEvent.selectOptions(sheet.getByLabelText("Add a habit"), "Jog");
    await userEvent.click(sheet.getByRole("button", { name: "One at each quarter" }));
    await userEvent.click(sheet.getByRole("button", { name: "Start this goal" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent(asked, "POST")[0]!.body).toEqual({
      name: "Far",
      target: 40,
      unit: "km",
      start: TODAY,
      deadline: null,
      habits: [{ habit_id: "jog", weight: 1, counts: "amounts" }],
      milestones: [{ at: 10, name: "" }, { at: 20, name: "Half way" }, { at: 30, name: "" }],
    });
    expect(shownToast()?.text).toBe("Run 500 km starts.");
  });
  test("shows what is missing, and what the server minds, at its field", async () => {
    const asked = world({ goals: [], refuse: { title: "No", detail: "Some fields are wrong.", errors: [{ field: "body.unit", message: "too strange" }] } });
    history.replaceState(null, "", "/goals?new=1");
    show(<GoalsPage />);
    const sheet = within(screen.getByRole("dialog"));
    await userEvent.click(sheet.getByRole("button", { name: "Start this goal" }));
    expect(sheet.getByLabelText("Name", { exact: true })).toBeInvalid();
    expect(sent(asked, "POST")).toEqual([]);
    await userEvent.type(sheet.getByLabelText("Name", { exact: true }), "Far");
    await userEvent.type(sheet.getByLabelText("Number"), "40");
    await userEvent.click(sheet.getByRole("button", { name: "Start this goal" }));
    expect(await sheet.findByText("too strange")).toBeInTheDocument();
    await waitFor(() => expect(sheet.getByLabelText("Unit")).toHaveFocus());
  });
});

describe("one goal", () => {
  const entry: Entry = { id: "e", goal_id: "run", date: "2026-11-03", amount: 12, note: "with Tom", at: "2026-11-03T10:00:00Z", source: "web" };
  test("an entry is added on its day", async () => {
    const asked = world({ goals: [goal()] });
    show(<GoalPage id="run" />);
    await userEvent.click(await screen.findByRole("button", { name: "Add" }));
    expect(screen.getByLabelText("Amount (km)")).toBeInvalid();
    await userEvent.type(screen.getByLabelText("Amount (km)"), "-2.5");
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    await waitFor(() => expect(shownToast()?.text).toBe("−2.5 km. Saved."));
    expect(sent(asked, "POST")[0]!.body).toMatchObject({ amount: -2.5, date: TODAY, note: null });
  });
  test("an entry the server minds leads to the field it minds", async () => {
    world({ goals: [goal()], refuse: { title: "No", detail: "Some fields are wrong.", errors: [{ field: "body.date", message: "too early" }] } });
    show(<GoalPage id="run" />);
    await userEvent.type(await screen.findByLabelText("Amount (km)"), "3");
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    expect(await screen.findByText("too early")).toBeInTheDocument();
    await waitFor(() => expect(screen.getByLabelText("Day")).toHaveFocus());
  });
  test("an entry that was removed can be brought back", async () => {
    const asked = world({ goals: [goal()], entries: [entry] });
    show(<GoalPage id="run" />);
    await userEvent.click(await screen.findByRole("button", { name: /^Remove \+12 km on/ }));
    await waitFor(() => expect(shownToast()?.action?.label).toBe("Undo"));
    act(() => shownToast()!.action!.run());
    await waitFor(() => expect(sent(asked, "POST")[0]!.body).toEqual({ id: "e", amount: 12, date: "2026-11-03", note: "with Tom" }));
  });
  test("a closed goal takes nothing more until it is reopened", async () => {
    const asked = world({ goals: [goal({ state: "archived", ended_on: "2026-11-10" })], entries: [entry] });
    show(<GoalPage id="run" />);
    expect(await screen.findByText("This goal is closed. Reopen it to add more.")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Add" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Reopen" }));
    await waitFor(() => expect(sent(asked, "POST")[0]!.path).toBe("/api/v1/goals/run/reopen"));
  });
  test("a goal that is behind offers the likely day as its deadline", async () => {
    world({ goals: [behind()] });
    show(<GoalPage id="run" />);
    await userEvent.click(await screen.findByRole("button", { name: "Change the deadline" }));
    expect(screen.getByLabelText("Deadline")).toHaveValue("2027-05-01");
  });
  test("deleting asks first", async () => {
    const asked = world({ goals: [goal()] });
    show(<GoalPage id="run" />);
    await userEvent.click(await screen.findByRole("button", { name: "Delete" }));
    await userEvent.click(screen.getByRole("button", { name: "Keep it" }));
    expect(sent(asked, "DELETE")).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Delete" }));
    await userEvent.click(screen.getByRole("button", { name: "Delete for good" }));
    await waitFor(() => expect(location.pathname).toBe("/goals"));
    expect(sent(asked, "DELETE")).toHaveLength(1);
  });
  test("one that is gone leads to all", async () => {
    serve(() => ({ status: 404 }));
    show(<GoalPage id="run" />);
    expect(await screen.findByRole("link", { name: "All goals" })).toHaveAttribute("href", "/goals");
  });
});
