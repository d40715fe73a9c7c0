// One short sentence at the bottom of the page, also spoken, optionally with one thing to do about it.
import { createStore } from "./store";

export type Toast = { key: number; text: string; action?: { label: string; run: () => void }; stays?: boolean };

/** Long enough to read and to change one's mind. */
export const TOAST_MS = 8_000;

export const toasts = createStore<Toast | null>(null);

let lastKey = 0;

export function toast(text: string, rest: Omit<Toast, "key" | "text"> = {}): number {
  lastKey += 1;
  toasts.set({ key: lastKey, text, ...rest });
  return lastKey;
}

export function dismissToast(key: number): void {
  toasts.set((current) => (current?.key === key ? null : current));
}
