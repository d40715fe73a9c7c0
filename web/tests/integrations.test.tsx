// The pages of channels, texts and history.
import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import { signedIn } from "@/api/session";
import HistoryPage from "@/features/notifications/history/HistoryPage";
import IntegrationsPage from "@/features/notifications/IntegrationsPage";
import TemplatesPage from "@/features/notifications/templates/TemplatesPage";
import type { Available, Channel } from "@/features/notifications/types";
import { queryClient } from "@/lib/queryClient";
import { signedIn as answer } from "./examples";
import { channel, delivery, ready, skipped, text } from "./messages";
import { type Asked, serve } from "./server";

beforeEach(() => {
  queryClient.clear();
  signedIn(answer);
  history.replaceState(null, "", "/integrations");
});

const shown = (page: React.ReactNode) => render(<QueryClientProvider client={queryClient}>{page}</QueryClientProvider>);
const did = (asked: Asked[]) => asked.map(({ method, path }) => `${method} ${path.replace("/api/v1", "")}`);

describe("texts", () => {
  test("show how they read, are kept, and go back", async () => {
    const items = [text({ title: "{{ title }}", body: "Mine", own: true })];
    const asked = serve(({ path, body }) => {
      if (path.endsWith("/preview")) return { body: { title: "Read 20 pages", body: (body as { body: string }).body } };
      if (path.endsWith("/channels")) return { body: { items: [], available: [], push_key: "", bot: null } };
      return { body: { items, kinds: [{ kind: "reminder", variables: ["title", "streak"] }] } };
    });
    shown(<TemplatesPage />);
    await userEvent.type(await screen.findByLabelText("Text"), " too");
    await userEvent.click(screen.getByRole("button", { name: "Insert streak" }));
    expect(await screen.findByText("Mine too{{ streak }}", { selector: "p" })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(asked.find(({ method }) => method === "PUT")?.body).toEqual({
        kind: "reminder",
        language: "en",
        channel: null,
        title: "{{ title }}",
        body: "Mine too{{ streak }}",
      }),
    );
    await userEvent.click(screen.getByRole("button", { name: "Back to the usual text" }));
    await waitFor(() => expect(did(asked)).toContain("DELETE /notifications/templates?kind=reminder&language=en"));
  });
});

describe("the page", () => {
  const settings = { enabled: true, quiet_hours: null, vacation_until: null, milestones: true, daily_summary: null, weekly_report: null, monthly_report: null };
  function visit(items: Channel[], available: Available[], more: (asked: Asked) => { status?: number; body?: unknown } | undefined = () => undefined) {
    const asked = serve((each) => {
      const given = more(each);
      if (given) return given;
      if (each.path.endsWith("/reminders/settings")) return { body: settings };
      return { body: { items, available, push_key: "AQID", bot: "daybeat_bot" } };
    });
    shown(<IntegrationsPage />);
    return asked;
  }

  test("offers what is ready, and says what is lacking for the rest", async () => {
    visit([], [ready("ntfy"), { kind: "email", ready: false, how_to: "Set DAYBEAT_SMTP_URL." }]);
    const ways = await screen.findByRole("list", { name: "Ways to add" });
    expect(within(ways).getByText("Set DAYBEAT_SMTP_URL.")).toBeInTheDocument();
    expect(within(ways).getAllByRole("button").map((button) => button.getAttribute("aria-label"))).toEqual(["Add ntfy"]);
    expect(screen.getByText("Nothing leaves this page yet.")).toBeInTheDocument();
  });

  test("saves what is told there as it is switched", async () => {
    const asked = visit([channel()], []);
    await userEvent.click(await screen.findByRole("switch", { name: "Streak milestones", checked: false }));
    await waitFor(() => expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({ kinds: ["reminders", "reports", "checks"] }));
  });

  test("a test says how it went", async () => {
    visit([channel()], [], ({ method, path }) => {
      if (method === "POST" && path.endsWith("/test")) return { status: 201, body: delivery({ kind: "test", state: "pending", sent_at: null }) };
      return path.endsWith("/deliveries/d1") ? { body: delivery({ kind: "test" }) } : undefined;
    });
    await userEvent.click(await screen.findByRole("button", { name: "Test My phone" }));
    expect(await screen.findByText("Sent after 0.3 s.")).toBeInTheDocument();
  });

  test("a test that was refused says why", async () => {
    visit([channel()], [], ({ path }) => (path.endsWith("/test") ? { status: 409, body: { detail: "This channel is off." } } : undefined));
    await userEvent.click(await screen.findByRole("button", { name: "Test My phone" }));
    expect(await screen.findByText("The test was not sent. This channel is off.")).toBeInTheDocument();
  });

  test("asks before it removes", async () => {
    const asked = visit([channel()], []);
    await userEvent.click(await screen.findByRole("button", { name: "Remove My phone" }));
    expect(screen.getByRole("button", { name: "Keep it" })).toHaveFocus();
    await userEvent.click(screen.getByRole("button", { name: "Remove it" }));
    await waitFor(() => expect(did(asked)).toContain("DELETE /notifications/channels/c1"));
  });

  test("shows the secret of a webhook once", async () => {
    const made = { ...channel({ id: "c2", kind: "webhook", name: "" }), secret: "whsec_c2VjcmV0" };
    const asked = visit([], [ready("webhook")], ({ method }) => (method === "POST" ? { status: 201, body: made } : undefined));
    await userEvent.click(await screen.findByRole("button", { name: "Add Webhook" }));
    const sheet = screen.getByRole("dialog", { name: "Add Webhook" });
    await userEvent.click(within(sheet).getByRole("button", { name: "Add" }));
    expect(within(sheet).getByText("Address of your program is missing.")).toBeInTheDocument();
    await userEvent.type(within(sheet).getByLabelText("Address of your program"), "https://example.org/hook");
    await userEvent.click(within(sheet).getByRole("button", { name: "Add" }));
    expect(await screen.findByText("whsec_c2VjcmV0")).toBeInTheDocument();
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ kind: "webhook", address: { url: "https://example.org/hook" }, language: "en" });
    await userEvent.click(screen.getByRole("button", { name: "I have it" }));
    expect(screen.queryByText("whsec_c2VjcmV0")).not.toBeInTheDocument();
  });

  test("notices a chat that was linked", async () => {
    const items: Channel[] = [];
    visit(items, [ready("telegram")], ({ path }) => {
      if (!path.endsWith("/telegram/link")) return undefined;
      items.push(channel({ id: "t1", kind: "telegram", name: "Ana on Telegram" }));
      const expires_at = new Date(Date.now() + 600_000).toISOString();
      return { status: 201, body: { code: "ABCD", url: "https://t.me/daybeat_bot?start=ABCD", expires_at, qr: "<svg width='9'/>" } };
    });
    await userEvent.click(await screen.findByRole("button", { name: "Add Telegram" }));
    expect(await screen.findByText("/start ABCD")).toBeInTheDocument();
    expect(screen.getByRole("img", { name: "QR code that opens the bot" }).getAttribute("src")).toContain(encodeURIComponent('xmlns="http'));
    expect(await screen.findByText("Ana on Telegram is linked.", {}, { timeout: 5_000 })).toBeInTheDocument();
  });
});

const reads = () => screen.getAllByRole("listitem").map((row) => row.textContent);

describe("the history", () => {
  test("tells what was sent and what was not, and asks for what the filter says", async () => {
    const asked = serve(({ path }) => {
      if (path.includes("/deliveries")) return { body: { items: [delivery()], next_cursor: null } };
      if (path.includes("/channels")) return { body: { items: [channel()], available: [], push_key: "", bot: null } };
      return { body: { items: [skipped({ due_at: "2026-11-17T05:30:00Z", title: "Walk" })], next_cursor: null } };
    });
    shown(<HistoryPage />);
    await screen.findByRole("list", { name: "Messages, the newest first" });
    expect(reads()).toEqual([expect.stringContaining("Sent after 0.3 s."), expect.stringContaining("Not sent: already done.")]);
    await userEvent.selectOptions(screen.getByLabelText("What became of it"), "failed");
    await waitFor(() => expect(did(asked)).toContain("GET /notifications/deliveries?state=failed&limit=50"));
    await waitFor(() => expect(reads()).toHaveLength(1));
    expect(location.search).toBe("?state=failed");
  });
});
