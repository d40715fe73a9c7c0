// Single-key shortcuts: silent while typing or in a dialog, and off when the user says so (WCAG 2.1.4).
import { useEffect, useEffectEvent } from "react";

let enabled = true;

export function enableShortcuts(on: boolean): void {
  enabled = on;
}

export const shortcutsEnabled = (): boolean => enabled;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;

const isBusyElsewhere = (event: KeyboardEvent) =>
  event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]") !== null;

/** The key of a pair that was pressed first: g, then where to; m, then a mood. */
let begun: { key: string; at: number } | null = null;
const SECOND_KEY_MS = 1_200;

export function beginPair(key: string | null): void {
  begun = key ? { key, at: Date.now() } : null;
}

export const pairBegun = (): string | null => (begun && Date.now() - begun.at < SECOND_KEY_MS ? begun.key : null);

/** `handle` returns true for keys it took. */
export function useKeys(handle: (key: string) => boolean): void {
  const latest = useEffectEvent(handle);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!enabled || event.ctrlKey || event.metaKey || event.altKey || isBusyElsewhere(event)) return;
      if (latest(event.key)) event.preventDefault();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}
