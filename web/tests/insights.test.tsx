import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { handle } from "@/app/facts";
import { signedIn } from "@/api/session";
import { Toasts } from "@/components/Toasts";
import { outdated } from "@/features/insights/fresh";
import InsightsPage from "@/features/insights/page/InsightsPage";
import ReportPage from "@/features/insights/reports/ReportPage";
import { queryClient } from "@/lib/queryClient";
import { signedIn as answer } from "./examples";
import { report, risk, suggestion, summary, trends, young } from "./figures";
import { type Asked, serve } from "./server";

/** Nobody scrolls here, so no picture comes near; those are looked at in real browsers. */
class FarAway {
  observe = () => undefined;
  disconnect = () => undefined;
}

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", FarAway);
  queryClient.clear();
  outdated.set(false);
  history.replaceState(null, "", "/insights");
  signedIn(answer);
});

type Answers = Partial<Record<"summary" | "risks" | "suggestions" | "associations", unknown>>;

const known: [string, unknown][] = [
  ["/insights/trends", trends],
  ["/insights/hours", { first: trends.first, last: trends.last, cells: [] }],
  ["/insights/habits/", { habit_id: "read", first: trends.first, last: trends.last, days: [] }],
  ["/moods/settings", { faces: [], share_on_wall: false }],
];

function serveInsights(own: Answers, decide: (asked: Asked) => ReturnType<Parameters<typeof serve>[0]> = () => ({})) {
  const bodies: Record<string, unknown> = { risks: { day: "2026-11-27", items: [] }, suggestions: { items: [] }, associations: { today: "2026-11-27", items: [] }, ...own };
  return serve((asked) => {
    if (asked.method === "POST") return decide(asked);
    if (asked.path.includes("state=decided")) return { body: { items: [] } };
    const name = Object.keys(bodies).find((each) => asked.path.includes(`/insights/${each}`));
    return { body: name ? bodies[name] : known.find(([path]) => asked.path.includes(path))?.[1] };
  });
}

const show = (page = <InsightsPage />) =>
  render(
    <QueryClientProvider client={queryClient}>
      {page}
      <Toasts />
    </QueryClientProvider>,
  );

const changed = { seq: 1, type: "habits.check_in.recorded", correlation_id: null, source: "mqtt", device: null, data: {} };

describe("the page", () => {
  test("begins with sentences, each with how it was computed", async () => {
    serveInsights({ summary: summary() });
    show();
    const said = within(await screen.findByRole("list", { name: "In short" }));
    expect(said.getByText("Read goes best on weekdays.")).toBeVisible();
    expect(said.getByText("20 of 22 against 4 of 8.")).toBeInTheDocument();
    expect(said.getByRole("link", { name: "Look at the habit" })).toHaveAttribute("href", "/habits/read");
    expect(screen.getByRole("row", { name: /^Read 24 of 30 80% ?\+10 82% ?\+2/ })).toBeInTheDocument();
  });

  test("shows what may break with its chance, reasons and one action", async () => {
    serveInsights({ summary: summary(), risks: { day: "2026-11-27", items: [risk(), risk({ habit_id: "run", name: "Run", miss: null, flagged: false, missing: 4 })] } });
    show();
    const card = within(await screen.findByRole("region", { name: "What may break tomorrow?" }));
    expect(card.getByText(/^Tomorrow: likely to be missed/)).toHaveTextContent("Tomorrow: likely to be missed, 72%.");
    expect(card.getByText("You missed it three times. Saturdays go worse.")).toBeVisible();
    expect(card.getByText("Move the reminder to 20:30.")).toBeVisible();
    expect(card.getByText("Too early to say: Run (4 more days).")).toBeVisible();
  });

  test("says today of what is still open today", async () => {
    serveInsights({ summary: summary(), risks: { day: "2026-11-27", items: [risk({ day: "2026-11-27" })] } });
    show();
    const card = within(await screen.findByRole("region", { name: "What may break today?" }));
    expect(card.getByText(/^Today: likely to be missed/)).toBeVisible();
  });

  test("tells a newcomer what will come instead of showing empty charts", async () => {
    const asked = serveInsights({ summary: young, risks: { day: young.today, items: [risk({ miss: null, flagged: false, missing: 8 })] } });
    show();
    expect(await screen.findByRole("heading", { name: "Come back on Dec 9, 2026. 14 days make a pattern visible." })).toBeVisible();
    expect(screen.getByText("Dec 5, 2026")).toBeVisible();
    expect(screen.queryByRole("img")).not.toBeInTheDocument();
    expect(asked.some(({ path }) => path.includes("trends"))).toBe(false);
  });

  test("keeps the days in its address and speaks the figures of another span", async () => {
    const asked = serveInsights({ summary: summary() });
    show();
    await screen.findByRole("list", { name: "In short" });
    expect(screen.getByRole("status", { name: "Figures" })).toBeEmptyDOMElement();
    await userEvent.click(screen.getByRole("radio", { name: "90 days" }));
    expect(location.search).toBe("?days=90");
    await waitFor(() => expect(asked.some(({ path }) => path.endsWith("/insights/summary?days=90"))).toBe(true));
    await waitFor(() => expect(screen.getByRole("status", { name: "Figures" })).toHaveTextContent("24 of 30 done, 80%; strength 82%; mood 3.6 of 5."));
  });

  test("does not change under the eyes: it says that something happened, and waits", async () => {
    const asked = serveInsights({ summary: summary() });
    show();
    await screen.findByRole("list", { name: "In short" });
    await waitFor(() => expect(queryClient.isFetching()).toBe(0));
    const before = asked.length;
    handle({ ...changed, type: "insights.habit.at_risk" });
    const button = await screen.findByRole("button", { name: "Something changed. Show new figures" });
    expect(asked.length).toBe(before);
    await userEvent.click(button);
    await waitFor(() => expect(asked.slice(before).some(({ path }) => path.includes("/insights/summary"))).toBe(true));
    expect(screen.getByRole("heading", { level: 1 })).toHaveFocus();
    expect(screen.queryByRole("button", { name: /Something changed/ })).not.toBeInTheDocument();
  });

  test("says what went wrong and tries again", async () => {
    let away = true;
    serve(({ path }) => (away ? { status: 422, body: { detail: "No such span." } } : { body: path.includes("summary") ? summary() : { items: [] } }));
    show();
    expect(await screen.findByText("No such span.")).toBeVisible();
    away = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Read goes best on weekdays.")).toBeVisible();
  });
});

describe("a suggestion", () => {
  const states = { apply: "applied", dismiss: "dismissed", undo: "open" } as const;
  const decide = ({ path }: Asked) => {
    const state = states[path.split("/").at(-1) as keyof typeof states];
    return { body: suggestion({ state, can_undo: state !== "open" }) };
  };

  test("is applied with one tap, and taken back from the message", async () => {
    const asked = serveInsights({ summary: summary(), suggestions: { items: [suggestion()] } }, decide);
    show();
    await userEvent.click(await screen.findByRole("button", { name: "Ask for 3 a week" }));
    expect(await screen.findByText("Read: Done.")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Ask for 3 a week" })).not.toBeInTheDocument();
    expect(screen.getByRole("group", { name: "Suggestions" })).toHaveFocus();
    await userEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(await screen.findByRole("button", { name: "Ask for 3 a week" })).toBeVisible();
    expect(asked.filter(({ method }) => method === "POST").map(({ path }) => path.split("/").at(-1))).toEqual(["apply", "undo"]);
  });

  test("is dismissed and stays away", async () => {
    serveInsights({ summary: summary(), suggestions: { items: [suggestion()] } }, decide);
    show();
    await userEvent.click(await screen.findByRole("button", { name: /^Not for me: Three a week/ }));
    expect(await screen.findByText("Read: Dismissed. It stays away.")).toBeVisible();
    expect(screen.getByText(/^No suggestion right now/)).toBeVisible();
  });

  test("that no longer fits says why", async () => {
    serveInsights({ summary: summary(), suggestions: { items: [suggestion()] } }, () => ({ status: 409, body: { detail: "The habit was changed since." } }));
    show();
    await userEvent.click(await screen.findByRole("button", { name: "Ask for 3 a week" }));
    expect(await screen.findByText("The habit was changed since.")).toBeVisible();
  });
});

describe("a report", () => {
  test("shows a sign for each day, with words for those who listen", async () => {
    serve(() => ({ body: report() }));
    show(<ReportPage kind="weekly" />);
    const row = await screen.findByRole("row", { name: /^Read/ });
    expect(within(row).getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["✓done", "·missed", "/skipped", "–paused", "not due", "✓done", "○open"]);
    expect(screen.getByText("Five of seven.")).toBeVisible();
  });

  test("leads to the one before and the one after, and no further than today", async () => {
    const asked = serve(({ path }) => ({ body: report(path.includes("?") ? { first: "2026-11-23", last: "2026-11-29", is_over: false } : {}) }));
    show(<ReportPage kind="weekly" />);
    await userEvent.click(await screen.findByRole("button", { name: "Week after" }));
    await waitFor(() => expect(screen.getByRole("button", { name: "Week after" })).toHaveAttribute("aria-disabled", "true"));
    expect(screen.getByRole("status", { name: "Time" })).toHaveTextContent("not over yet");
    await userEvent.click(screen.getByRole("button", { name: "Week before" }));
    await waitFor(() => expect(asked.map(({ path }) => path.split("/reports/")[1])).toEqual(["weekly", "weekly?day=2026-11-23", "weekly?day=2026-11-22"]));
  });

  test("is copied as the text that is sent, and printed", async () => {
    serve(() => ({ body: report() }));
    const print = vi.fn<() => void>();
    vi.stubGlobal("print", print);
    const actor = userEvent.setup();
    show(<ReportPage kind="weekly" />);
    await screen.findByText("Five of seven.");
    await actor.click(screen.getByRole("button", { name: "Copy as text" }));
    expect(await screen.findByText("Copied.")).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe("Week of 16 November: five of seven.");
    await actor.click(screen.getByRole("button", { name: "Print or save as PDF" }));
    expect(print).toHaveBeenCalledOnce();
  });
});
