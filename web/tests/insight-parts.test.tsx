import { onlineManager, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import type uPlot from "uplot";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { signedIn } from "@/api/session";
import { aligned } from "@/features/insights/charts/aligned";
import { StrengthChart, strengthsInWords } from "@/features/insights/charts/StrengthChart";
import StrengthLines from "@/features/insights/charts/StrengthLines";
import { outdated } from "@/features/insights/fresh";
import InsightsPage from "@/features/insights/page/InsightsPage";
import { lastLived, lastOver, periodAround } from "@/features/insights/reports/period";
import ReportPage from "@/features/insights/reports/ReportPage";
import { queryClient } from "@/lib/queryClient";
import { secondsOfDay } from "@/lib/plot";
import { signedIn as answer } from "./examples";
import { habitFigures, report, suggestion, summary, trends } from "./figures";
import { serve } from "./server";

const plotted = vi.hoisted(() => ({ data: [] as unknown }));

// What would be drawn is caught on its way to the canvas, which jsdom does not have.
vi.mock("@/lib/plot", async (original) => ({
  ...(await original<typeof import("@/lib/plot")>()),
  usePlot: (draw: (parent: HTMLElement) => { data: uPlot.AlignedData }) => {
    plotted.data = draw(document.createElement("div")).data;
    return { current: null };
  },
}));

class FarAway {
  observe = () => undefined;
  disconnect = () => undefined;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-27T12:00:00Z") });
  vi.stubGlobal("IntersectionObserver", FarAway);
  queryClient.clear();
  outdated.set(false);
  history.replaceState(null, "", "/insights");
  signedIn(answer);
});

afterEach(() => {
  onlineManager.setOnline(true);
  vi.useRealTimers();
});

const show = (page: ReactNode) => render(<QueryClientProvider client={queryClient}>{page}</QueryClientProvider>);

const day = (date: string, strength: number) => ({ date, state: "done", done: true, due: true, strength });
const older = { days: [day("2026-11-24", 0.1), day("2026-11-25", 0.2)] };
const newer = { days: [day("2026-11-25", 0.5), day("2026-11-26", 0.6)] };

describe("strengths of habits that began and ended on different days", () => {
  test("share every day that any of them knows", () => {
    expect(aligned([newer, older])).toEqual({
      dates: ["2026-11-24", "2026-11-25", "2026-11-26"],
      strengths: [
        [null, 0.5, 0.6],
        [0.1, 0.2, null],
      ],
    });
    expect(aligned([])).toEqual({ dates: [], strengths: [] });
  });

  test("are drawn on their own days", () => {
    const pen = { hue: "teal" as const, dash: [] };
    const curves = [{ name: "Run", ...newer, ...pen }, { name: "Read", ...older, ...pen }];
    render(<StrengthLines curves={curves} {...aligned(curves)} />);
    expect(plotted.data).toEqual([["2026-11-24", "2026-11-25", "2026-11-26"].map(secondsOfDay), [null, 0.5, 0.6], [0.1, 0.2, null]]);
  });

  test("are listed on their own days", async () => {
    serve(({ path }) => ({ body: path.includes("/run/") ? { habit_id: "run", ...newer } : { habit_id: "read", ...older } }));
    show(<StrengthChart habits={[habitFigures({ habit_id: "run", name: "Run" }), habitFigures()]} days={7} />);
    await screen.findByRole("img", { name: /^Strength of 2 habits/ });
    await userEvent.click(screen.getByText("Show as table"));
    const rows = within(await screen.findByRole("table")).getAllByRole("row").slice(1);
    expect(rows.map((row) => within(row).getAllByRole("cell").slice(1).map((cell) => cell.textContent))).toEqual([
      ["60%", "–"],
      ["50%", "20%"],
      ["–", "10%"],
    ]);
  });
});

describe("no strengths", () => {
  test("are not spoken of while they load", () => {
    serve(() => new Promise(() => undefined));
    show(<StrengthChart habits={[habitFigures()]} days={7} />);
    expect(strengthsInWords([])).toBe("");
    expect(screen.queryByText(".")).not.toBeInTheDocument();
    expect(screen.queryByRole("img")).not.toBeInTheDocument();
  });

  test("are explained when every habit is archived", () => {
    show(<StrengthChart habits={[habitFigures({ archived: true })]} days={7} />);
    expect(screen.getByText("No habit is chosen.")).toBeVisible();
  });
});

describe("weeks and months", () => {
  const calendar = { today: "2026-11-27", weekStart: 0 };
  test.each([
    ["weekly", "2026-11-26", "2026-11-23", "2026-11-29", false],
    ["weekly", "2026-11-22", "2026-11-16", "2026-11-22", true],
    ["monthly", "2026-02-28", "2026-02-01", "2026-02-28", true],
    ["monthly", "2024-02-01", "2024-02-01", "2024-02-29", true],
    ["monthly", "2026-12-31", "2026-12-01", "2026-12-31", false],
  ] as const)("%s around %s", (kind, around, first, last, isOver) => {
    expect(periodAround(kind, around, calendar)).toEqual({ kind, first, last, is_over: isOver });
  });
  test("the last that is over", () => {
    expect(lastOver("weekly", calendar)).toMatchObject({ first: "2026-11-16", last: "2026-11-22" });
    expect(lastOver("monthly", calendar)).toMatchObject({ first: "2026-10-01", last: "2026-10-31" });
  });
  test("a week begins on the weekday that was chosen", () =>
    expect(periodAround("weekly", "2026-11-22", { ...calendar, weekStart: 6 })).toMatchObject({ first: "2026-11-22" }));
  test("of a running one nothing is asked beyond today", () => {
    expect(lastLived(periodAround("monthly", "2026-11-01", calendar), calendar.today)).toBe("2026-11-27");
    expect(lastLived(periodAround("monthly", "2026-10-01", calendar), calendar.today)).toBe("2026-10-31");
  });
});

const dayAsked = () => new URLSearchParams(location.search).get("day");

describe("a report", () => {
  test("of a running week leads to the month of today", async () => {
    serve(() => ({ body: report({ first: "2026-11-23", last: "2026-11-29", is_over: false }) }));
    show(<ReportPage kind="weekly" />);
    await screen.findByText("Five of seven.");
    expect(screen.getByRole("link", { name: "Month instead" })).toHaveAttribute("href", "/reports/monthly?day=2026-11-27");
  });

  test("that cannot be had offline still says where it is and leads on", async () => {
    onlineManager.setOnline(false);
    history.replaceState(null, "", "/reports/weekly?day=2026-11-11");
    serve(() => ({ body: report() }));
    show(<ReportPage kind="weekly" />);
    expect(await screen.findByText(/^You are offline/)).toBeVisible();
    expect(screen.getByRole("status", { name: "Time" })).not.toHaveTextContent("…");
    await userEvent.click(screen.getByRole("button", { name: "Week after" }));
    expect(dayAsked()).toBe("2026-11-16");
    await userEvent.click(screen.getByRole("button", { name: "Week before" }));
    expect(dayAsked()).toBe("2026-11-15");
  });

  test("that was refused leads back", async () => {
    history.replaceState(null, "", "/reports/monthly?day=2026-12-24");
    serve(({ path }) => (path.includes("2026-12") ? { status: 422, body: { detail: "Not yet." } } : { body: report({ kind: "monthly" }) }));
    show(<ReportPage kind="monthly" />);
    expect(await screen.findByText("Not yet.")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Month before" }));
    expect(dayAsked()).toBe("2026-11-30");
  });

  test("keeps the focus on its arrows while the next one loads, and at the end", async () => {
    const held = Promise.withResolvers<{ body: unknown }>();
    const running = report({ first: "2026-11-23", last: "2026-11-29", is_over: false });
    serve(({ path }) => (path.includes("?") ? held.promise : { body: report() }));
    show(<ReportPage kind="weekly" />);
    await screen.findByText("Five of seven.");
    const next = screen.getByRole("button", { name: "Week after" });
    await userEvent.click(next);
    expect(dayAsked()).toBe("2026-11-23");
    expect(next).toBeEnabled();
    held.resolve({ body: running });
    await screen.findByText("Five of seven.");
    expect(next).toBeEnabled();
    expect(next).toHaveAttribute("aria-disabled", "true");
    expect(next).toHaveFocus();
    await userEvent.click(next);
    expect(dayAsked()).toBe("2026-11-23");
  });
});

describe("the page", () => {
  const bodies: [string, unknown][] = [
    ["state=open", { items: [suggestion()] }],
    ["/insights/summary", summary()],
    ["/insights/risks", { day: "2026-11-27", items: [] }],
    ["/insights/trends", trends],
  ];
  const served = (path: string) => ({ body: bodies.find(([part]) => path.includes(part))?.[1] });

  test("goes on saying that something changed when the new figures do not come", async () => {
    let away = false;
    serve(({ path }) => (away ? { status: 422, body: { detail: "No." } } : served(path)));
    show(<InsightsPage />);
    await screen.findByRole("list", { name: "In short" });
    await waitFor(() => expect(queryClient.isFetching()).toBe(0));
    outdated.set(true);
    away = true;
    await userEvent.click(await screen.findByRole("button", { name: /^Something changed/ }));
    const again = await screen.findByRole("button", { name: /^Something changed/ });
    away = false;
    await userEvent.click(again);
    await waitFor(() => expect(queryClient.isFetching()).toBe(0));
    expect(screen.queryByRole("button", { name: /^Something changed/ })).not.toBeInTheDocument();
  });

  test("says why what was decided is not there", async () => {
    serve(({ path }) => (path.includes("state=decided") ? { status: 422, body: { detail: "Not now." } } : served(path)));
    show(<InsightsPage />);
    await userEvent.click(await screen.findByText("Decided before"));
    expect(await screen.findByText("Not now.")).toBeVisible();
  });

  test("says that what was decided waits for the connection", async () => {
    serve(({ path }) => served(path));
    show(<InsightsPage />);
    const question = await screen.findByText("Decided before");
    onlineManager.setOnline(false);
    await userEvent.click(question);
    expect(await screen.findByText(/^You are offline/)).toBeVisible();
  });
});
