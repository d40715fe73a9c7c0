// An answer may get lost on its way. Who then sends the same thing again means it once, and the id tells the server so.
import { useRef } from "react";
import { newId } from "@/lib/ids";

/** `idOf` gives the same id for as long as the same thing is said; `done` lets the next one be another, even if it says the same. */
export function useOperation() {
  const last = useRef<{ said: string; id: string } | null>(null);
  const idOf = (...words: unknown[]): string => {
    const said = JSON.stringify(words);
    if (last.current?.said !== said) last.current = { said, id: newId() };
    return last.current.id;
  };
  const done = () => void (last.current = null);
  return { idOf, done };
}
