import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { signedIn } from "@/api/session";
import OperationsPage from "@/features/operations/OperationsPage";
import type { Operations, Process, Reader, SetAsideItem } from "@/features/operations/types";
import { duration, headline, identity, isQuiet, milliseconds, tapToLive, troubles } from "@/features/operations/words";
import { queryClient } from "@/lib/queryClient";
import { signedIn as answer, user } from "./examples";
import { serve } from "./server";

const AT = "2026-11-17T12:00:00Z";
const ago = (seconds: number) => new Date(Date.parse(AT) - seconds * 1000).toISOString();

const reader = (part: Partial<Reader> = {}): Reader => ({
  name: "insights.lived_days",
  kind: "facts",
  queue: null,
  can_replay: true,
  accepted: 4211,
  stored: 4208,
  set_aside: 1,
  dropped: 0,
  pending: 2,
  oldest_pending_at: ago(1),
  difference: 0,
  balance: "even",
  ...part,
});

const process = (role: string, part: Partial<Process> = {}): Process => ({
  id: role,
  role,
  host: "home",
  pid: 7,
  port: 8000,
  started_at: ago(3 * 3600),
  seen_at: ago(2),
  state: "running",
  sockets: 1,
  ...part,
});

const seen = (part: Partial<Operations> = {}): Operations => ({
  at: AT,
  version: "0.1.0",
  mode: "one process",
  processes: [process("serve")],
  counted: { since: ago(86_400), whole_day: true },
  readers: [reader()],
  quarantined: 0,
  outbox: null,
  jobs: { waiting: 0, oldest_at: null },
  database: { kind: "sqlite", seconds: 0.0042 },
  rabbitmq: null,
  redis: null,
  mqtt: { state: "own", connected: true },
  connections: { sockets: 1, walls: 0 },
  live: { since: ago(900), facts: 12, p50: 0.004, p95: 0.0213 },
  ...part,
});

const separate = (part: Partial<Operations> = {}) =>
  seen({
    mode: "separate services",
    processes: ["api", "relay", "consume"].map((role) => process(role)),
    outbox: { waiting: 0, oldest_at: null },
    rabbitmq: { reachable: true, queues: [{ name: "daybeat.insights.lived_days", declared: true, ready: 3, consumers: 1 }] },
    redis: { reachable: true },
    ...part,
  });

const said = (shown: Operations) => troubles(shown).map(({ words }) => words);

const show = () =>
  render(
    <QueryClientProvider client={queryClient}>
      <OperationsPage />
    </QueryClientProvider>,
  );

describe("the identity in words", () => {
  test.each([
    [{}, "4,211 accepted = 4,208 stored + 1 set aside + 2 on their way. It adds up."],
    [{ accepted: 5, stored: 5, set_aside: 0, pending: 0 }, "5 accepted = 5 stored. It adds up."],
    [{ accepted: 5, stored: 3, set_aside: 0, dropped: 2, pending: 0 }, "5 accepted = 3 stored + 2 dropped. It adds up."],
    [{ pending: 0, difference: 2, balance: "moving" }, "4,211 accepted = 4,208 stored + 1 set aside + 2 moving right now."],
    [{ pending: 5, difference: -3, balance: "moving" }, "4,211 accepted = 4,208 stored + 1 set aside + 2 on their way. Some are moving right now."],
    [
      { pending: 5, difference: -3, balance: "more" },
      "4,211 accepted = 4,208 stored + 1 set aside + 2 on their way. It adds up; 3 more wait that come a second time or are older.",
    ],
    [{ pending: 0, difference: 2, balance: "unknown" }, "4,211 accepted = 4,208 stored + 1 set aside + 2 with RabbitMQ, which does not answer."],
    [{ pending: 0, difference: 2, balance: "missing" }, "4,211 accepted, but only 4,208 stored + 1 set aside. 2 neither arrived nor wait."],
    [
      { kind: "queue", accepted: null, difference: null, balance: null },
      "4,208 handled, 2 on their way, 1 set aside. Other programs write here too, so nobody knows how many there should be.",
    ],
  ] as [Partial<Reader>, string][])("%o", (part, words) => {
    expect(identity(reader(part))).toBe(words);
  });
});

describe("what needs somebody", () => {
  test("is nothing when all is well", () => {
    expect(said(seen())).toEqual([]);
    expect(said(separate())).toEqual([]);
    expect(headline(seen())).toBe("Everything that was accepted has arrived or is on its way.");
    expect(headline(seen({ readers: [reader({ pending: 0 })] }))).toBe("Everything that was accepted has arrived.");
  });
  test("is what does not answer", () => {
    const away = separate({ rabbitmq: { reachable: false, queues: [] }, redis: { reachable: false }, mqtt: { state: "external", connected: false } });
    expect(said(away)).toEqual(["RabbitMQ does not answer.", "Redis does not answer.", "The MQTT broker does not answer."]);
  });
  test("is what got lost or is late, with the way out", () => {
    const lost = reader({ balance: "missing", difference: 1 });
    expect(troubles(seen({ readers: [lost] }))[0]).toEqual({
      words: "1 fact did not arrive at insights.lived_days.",
      remedy: "It is safe in the log. If this stays for a minute, rebuild with: daybeat replay insights.lived_days",
    });
    expect(troubles(seen({ readers: [{ ...lost, can_replay: false }] }))[0]!.remedy).not.toContain("replay");
    expect(said(seen({ readers: [reader({ oldest_pending_at: ago(240) })] }))).toEqual(["insights.lived_days is 4 minutes behind."]);
    expect(said(seen({ jobs: { waiting: 1, oldest_at: ago(120) } }))).toEqual(["Jobs are 2 minutes late."]);
  });
  test("is who is not there, unless another one does the same", () => {
    const missing = { state: "missing", seen_at: ago(60) } as const;
    expect(said(separate({ processes: [process("api")] }))).toEqual(["Nobody hands facts to RabbitMQ.", "Nobody feeds what follows facts."]);
    expect(said(separate({ processes: [process("serve"), process("mqtt", missing)] }))).toEqual([]);
    const all = separate().processes;
    expect(said(separate({ processes: [...all, process("mqtt", missing), process("api", missing)] }))).toEqual(["mqtt is missing."]);
    expect(said(separate({ processes: [...all, process("serve", missing)] }))).toEqual([]);
    const stuck = { waiting: 9, oldest_at: ago(180) };
    expect(said(separate({ outbox: stuck }))).toEqual(["Facts have waited 3 minutes to leave for RabbitMQ."]);
  });
  test("is what was set aside", () => {
    expect(said(seen({ quarantined: 2 }))).toEqual(["2 things could not be handled."]);
  });
});

test("who has nothing to do is quiet, unless something is wrong", () => {
  const nothing = { accepted: 0, stored: 0, set_aside: 0, pending: 0 };
  expect(isQuiet(reader(nothing))).toBe(true);
  expect(isQuiet(reader({ ...nothing, accepted: null, balance: null }))).toBe(true);
  expect(isQuiet(reader({ ...nothing, accepted: 1, balance: "missing" }))).toBe(false);
  expect(isQuiet(reader({ ...nothing, pending: 1 }))).toBe(false);
});

test("times are as exact as they matter", () => {
  expect([0.4, 1, 59, 60, 7200, 200_000].map(duration)).toEqual(["0 seconds", "1 second", "59 seconds", "1 minute", "2 hours", "2 days"]);
  expect([0.0042, 0.0213, 1.234].map(milliseconds)).toEqual(["4.2 ms", "21 ms", "1.23 s"]);
  expect(tapToLive(seen().live)).toBe("Half within 4 ms, 95 of 100 within 21 ms, of 12 facts.");
  expect(tapToLive({ since: AT, facts: 1, p50: 0.4, p95: 5 })).toContain("95 of 100 within 5 s or longer");
  expect(tapToLive({ since: AT, facts: 0, p50: null, p95: null })).toBe("Nothing was on its way to an open page lately.");
});

describe("the page", () => {
  const aside: SetAsideItem = {
    id: "one",
    reader: "insights.lived_days",
    type: "habits.check_in.recorded",
    reference: "r",
    user_id: "ana",
    since: AT,
    attempts: 1,
    error: "ValueError: no such day",
    content: { data: { note: "ten pages" } },
  };
  beforeEach(() => {
    queryClient.clear();
    signedIn({ ...answer, user: { ...user, is_admin: true } });
  });

  test("is for admins only, and asks nothing for others", () => {
    signedIn(answer);
    const asked = serve(() => ({}));
    show();
    expect(screen.getByText("This page is for admins.")).toBeVisible();
    expect(asked).toEqual([]);
  });

  test("begins with one sentence", async () => {
    serve(({ path }) => ({ body: path.includes("quarantine") ? { items: [], next_cursor: null } : separate() }));
    show();
    expect(await screen.findByText("Everything that was accepted has arrived or is on its way.")).toBeVisible();
    expect(screen.getByText("All is well.")).toBeInTheDocument();
    expect(screen.getByRole("row", { name: "daybeat.insights.lived_days 3 1" })).toBeVisible();
    expect(await screen.findByText(/^Nothing is set aside\./)).toBeVisible();
  });

  test("says that the database is away, and keeps what it knew", async () => {
    let away = false;
    serve(({ path }) => (away ? { status: 503 } : { body: path.includes("quarantine") ? { items: [], next_cursor: null } : seen() }));
    show();
    await screen.findByText("Processes");
    away = true;
    await queryClient.refetchQueries({ queryKey: ["operations", "now"] });
    expect(await screen.findByRole("alert")).toHaveTextContent("The database does not answer.");
    expect(screen.getByText("Processes")).toBeVisible();
  });

  test("a thing that was set aside is looked at, tried again, and dropped", async () => {
    let gone = false;
    const asked = serve(({ method, path }) => {
      if (method === "DELETE") gone = true;
      if (method === "DELETE") return { status: 204 };
      if (path.endsWith("/retry")) return { body: { handled: false, error: "ValueError: still no such day" } };
      if (path.endsWith("/one")) return { body: aside };
      if (path.includes("quarantine")) return { body: { items: gone ? [] : [aside], next_cursor: null } };
      return { body: seen({ quarantined: gone ? 0 : 1 }) };
    });
    show();
    await userEvent.click(await screen.findByRole("button", { name: /^Look at habits.check_in.recorded, insights.lived_days, / }));
    const sheet = within(await screen.findByRole("dialog"));
    expect(await sheet.findByText(/ten pages/)).toBeVisible();
    await userEvent.click(sheet.getByRole("button", { name: "Try again" }));
    expect(await sheet.findByText("ValueError: still no such day")).toBeVisible();
    await userEvent.click(sheet.getByRole("button", { name: "Drop" }));
    expect(asked.some(({ method }) => method === "DELETE")).toBe(false);
    await userEvent.click(sheet.getByRole("button", { name: "Drop it" }));
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(await screen.findByText(/^Nothing is set aside\./)).toBeVisible();
  });
});
