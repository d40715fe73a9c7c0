import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Toasts } from "@/components/Toasts";
import { TOAST_MS, toast, toasts } from "@/lib/toasts";

beforeEach(() => {
  vi.useFakeTimers();
  toasts.set([]);
  render(<Toasts />);
});
afterEach(() => vi.useRealTimers());

const say = (...words: Parameters<typeof toast>) => act(() => void toast(...words));
const later = () => act(() => vi.advanceTimersByTime(TOAST_MS + 1));
const shown = () => screen.getByRole("status").querySelector("p")?.textContent;

test("what stays comes back when what was said over it is gone", () => {
  say("A new version is ready.", { stays: true });
  say("Read: done.");
  expect(shown()).toBe("Read: done.");
  later();
  expect(shown()).toBe("A new version is ready.");
  say("A new version is ready.", { stays: true });
  fireEvent.click(screen.getByRole("button", { name: "Dismiss message" }));
  expect(shown()).toBeUndefined();
});

test("what somebody points at or has the focus on does not go away", () => {
  say("Read: done.", { action: { label: "Undo", run: () => undefined } });
  fireEvent.focus(screen.getByRole("button", { name: "Undo" }));
  later();
  expect(shown()).toBe("Read: done.");
  fireEvent.blur(screen.getByRole("button", { name: "Undo" }));
  later();
  expect(shown()).toBeUndefined();
});

test("the next one goes by itself although its place is still pointed at", () => {
  say("Read: done.");
  fireEvent.pointerEnter(screen.getByText("Read: done."));
  fireEvent.click(screen.getByRole("button", { name: "Dismiss message" }));
  say("Walk: done.");
  later();
  expect(shown()).toBeUndefined();
});
