// Keys that work everywhere: g and a letter goes places, u undoes, ? helps, Ctrl or Cmd with K finds.
import { useEffect, useEffectEvent, useRef } from "react";
import { useLocation } from "wouter";
import { undo } from "@/features/check-ins/actions";
import { useKeys } from "@/lib/keyboard";
import type { Overlay } from "./Shell";

const goTo: Record<string, string> = { t: "/", h: "/habits", s: "/settings" };
const SECOND_KEY_MS = 1_200;

function usePaletteKey(open: () => void): void {
  const openLatest = useEffectEvent(open);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      openLatest();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}

export function useShellKeys(show: (overlay: Overlay) => void): void {
  const [, navigate] = useLocation();
  const pressedG = useRef(0);
  usePaletteKey(() => show("palette"));
  useKeys((key) => {
    const going = Date.now() - pressedG.current < SECOND_KEY_MS;
    pressedG.current = key === "g" ? Date.now() : 0;
    if (going && goTo[key]) navigate(goTo[key]);
    else if (key === "u") void undo();
    else if (key === "?") show("help");
    else return key === "g";
    return true;
  });
}
