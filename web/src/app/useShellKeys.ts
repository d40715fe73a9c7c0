// Keys that work everywhere: g and a letter goes places, m and a number says how you feel, u undoes, ? helps, Ctrl or Cmd with K finds.
import { useEffect, useEffectEvent } from "react";
import { useLocation } from "wouter";
import { undo } from "@/features/outbox/undo";
import { tapFace } from "@/features/moods/actions";
import { beginPair, pairBegun, useKeys } from "@/lib/keyboard";
import type { Overlay } from "./Shell";

const goTo: Record<string, string> = {
  t: "/",
  m: "/mood",
  h: "/habits",
  o: "/goals",
  i: "/insights",
  a: "/activity",
  n: "/integrations",
  s: "/settings",
};

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
  usePaletteKey(() => show("palette"));
  useKeys((key) => {
    const first = pairBegun();
    beginPair(null);
    if (first === "g" && goTo[key]) navigate(goTo[key]);
    else if (first === "m" && /^[1-5]$/.test(key)) void tapFace(Number(key));
    else if (key === "g" || key === "m") beginPair(key);
    else if (key === "u") void undo();
    else if (key === "?") show("help");
    else return false;
    return true;
  });
}
