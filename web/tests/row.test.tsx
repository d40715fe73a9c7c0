import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { signedIn } from "@/api/session";
import type { Opened } from "@/features/check-ins/DaySheet";
import { discardOutbox, openOutbox } from "@/features/outbox/outbox";
import { Row } from "@/features/today/Row";
import { connection } from "@/lib/connection";
import { item, signedIn as answer, water } from "./examples";

const onOpen = vi.fn<(opened: Opened) => void>();
const show = (shown: ReturnType<typeof item>) =>
  render(<Row item={shown} today="2026-11-17" hint={1} missedYesterday={false} onOpen={onOpen} />);

beforeEach(async () => {
  onOpen.mockReset();
  connection.set({ online: false });
  signedIn(answer);
  await openOutbox("ana");
  await discardOutbox();
});

test("one tap checks in and shows it as waiting until the server has it", async () => {
  show(item());
  const button = screen.getByRole("button", { name: "Read 20 pages, Tuesday 17 November, open" });
  await userEvent.click(button);
  expect(button).toHaveAttribute("aria-pressed", "true");
  expect(button).toHaveAccessibleName("Read 20 pages, Tuesday 17 November, done, waiting to be sent");
  expect(await screen.findByText("Saved here. It will be sent when you are online.")).toBeVisible();
});

test("a second tap takes it back", async () => {
  show(item());
  const button = screen.getByRole("button", { name: /^Read 20 pages/ });
  await userEvent.click(button);
  await userEvent.click(button);
  await vi.waitFor(() => expect(button).toHaveAccessibleName("Read 20 pages, Tuesday 17 November, open"));
});

test("taps on an amount add up", async () => {
  show(water());
  const button = screen.getByRole("button", { name: /^Water/ });
  await userEvent.click(button);
  await userEvent.click(button);
  expect(button).toHaveAccessibleName("Water, Tuesday 17 November, 2 of 8 glasses, waiting to be sent");
});

test("something to avoid opens the sheet instead", async () => {
  show(item({ name: "Sugar", schedule: { kind: "avoid" } }));
  await userEvent.click(screen.getByRole("button", { name: "Sugar, Tuesday 17 November, kept so far" }));
  expect(onOpen).toHaveBeenCalledOnce();
});

test("too many to count one by one asks for the amount", async () => {
  show(water({ name: "Steps", target: 6000, unit: "steps" }));
  await userEvent.click(screen.getByRole("button", { name: /^Steps/ }));
  expect(onOpen).toHaveBeenCalledOnce();
});

test("s skips, n asks for a note", async () => {
  show(item());
  const button = screen.getByRole("button", { name: /^Read 20 pages/ });
  button.focus();
  await userEvent.keyboard("n");
  expect(onOpen).toHaveBeenCalledWith(expect.objectContaining({ focus: "note" }));
  await userEvent.keyboard("s");
  expect(button).toHaveAccessibleName(/skipped, waiting to be sent$/);
});
