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
