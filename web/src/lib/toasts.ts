// One short sentence at the bottom of the page, also spoken, optionally with one thing to do about it.
import { createStore } from "./store";

export type Toast = { key: number; text: string; action?: { label: string; run: () => void }; stays?: boolean };

/** Long enough to read and to change one's mind. */
export const TOAST_MS = 8_000;

/** The last one shows. One that stays comes back when what was said over it is gone. */
export const toasts = createStore<readonly Toast[]>([]);

export const shownToast = (all = toasts.get()): Toast | undefined => all.at(-1);

let lastKey = 0;

export function toast(text: string, rest: Omit<Toast, "key" | "text"> = {}): number {
  lastKey += 1;
  const next = { key: lastKey, text, ...rest };
  toasts.set((all) => [...all.filter(({ stays, text: said }) => stays && said !== text), next]);
  return lastKey;
}

export function dismissToast(key: number): void {
  toasts.set((all) => all.filter((each) => each.key !== key));
}
