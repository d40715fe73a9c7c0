import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { signedIn } from "@/api/session";
import { page } from "@/app/page";
import { loadAhead, loadPage, pages } from "@/app/pages";
import { Routes } from "@/app/Routes";
import { start } from "@/app/start";
import * as storage from "@/lib/database";
import { queryClient } from "@/lib/queryClient";
import { signedIn as answer } from "./examples";
import { serve } from "./server";

beforeEach(() => {
  queryClient.clear();
  history.replaceState(null, "", "/");
  signedIn(answer);
});

const show = () =>
  render(
    <QueryClientProvider client={queryClient}>
      <Routes />
    </QueryClientProvider>,
  );

test("a page that has loaded is shown in the first draw, one that has not as soon as it can be", async () => {
  const Greeting = page(async () => ({ default: ({ name }: { name: string }) => <p>Hello {name}</p> }));
  await Greeting.load!("");
  render(<Greeting name="Ana" />);
  expect(screen.getByText("Hello Ana")).toBeInTheDocument();
});

test("pointing at a link loads its page and asks what it will show, under the address it has", async () => {
  const asked = serve(() => ({ body: {} }));
  document.body.innerHTML = '<a href="/insights?days=90"><span>Insights</span></a>';
  loadAhead();
  document.querySelector("span")!.dispatchEvent(new Event("pointerover", { bubbles: true }));
  await waitFor(() => expect(asked.map(({ path }) => path)).toContain("/api/v1/insights/summary?days=90"));
});

test("pointing at the page one is on asks nothing: its figures would change under the eyes", async () => {
  const asked = serve(() => ({ body: {} }));
  history.replaceState(null, "", "/insights");
  document.body.innerHTML = '<a href="/insights">Insights</a><a href="/goals">Goals</a>';
  loadAhead();
  for (const link of document.querySelectorAll("a")) link.dispatchEvent(new Event("pointerover", { bubbles: true }));
  await loadPage({ pathname: "/goals", search: "" });
  expect(asked).toEqual([]);
});

test("a browser whose answers of before cannot be read still opens", async () => {
  serve(() => ({ body: { items: [] } }));
  vi.stubGlobal("WebSocket", class extends EventTarget { close = () => undefined; });
  vi.spyOn(storage, "database").mockRejectedValueOnce(new DOMException("blocked", "UnknownError"));
  await expect(start()).resolves.toBeUndefined();
});

test("a page that cannot be loaded ahead stays quiet until it is shown", async () => {
  const broken = pages.find(({ path }) => path === "/goals")!;
  vi.spyOn(broken.Page, "load").mockRejectedValue(new TypeError("Failed to fetch"));
  await expect(loadPage({ pathname: "/goals", search: "" })).resolves.toBeUndefined();
});

test("an address nobody knows says so", async () => {
  history.replaceState(null, "", "/nowhere/at/all");
  show();
  expect(await screen.findByRole("heading")).toHaveTextContent(/not/i);
});

test("a part of an address is handed to its page", async () => {
  const asked = serve(() => ({ status: 404, body: { type: "not-found", title: "Not found", status: 404, detail: "It is gone." } }));
  history.replaceState(null, "", "/goals/01a2");
  show();
  await waitFor(() => expect(asked.map(({ path }) => path)).toContain("/api/v1/goals/01a2"));
});
