// Events as they arrive, held still while somebody reads. Each feed has one filter; another filter is another feed.
import { useEffect, useEffectEvent, useState } from "react";
import { useStore } from "@/lib/store";
import { watch, watching } from "@/lib/watching";
import { type Arrived, arrive, catchUp, type Entry, nothing, together } from "./feed";
import { lookSoon, newestEvents, useEvents } from "./queries";
import type { Event } from "./types";
import { fitting, isEverybodys } from "./view";

/** What was on its way when the watch began has arrived by then. */
const SETTLE_MS = 500;

/** What others record does not come by itself. */
const LOOK_MS = 5_000;

export function useFeed(query: string) {
  const { data, isSuccess, ...pages } = useEvents(query);
  const [arrived, setArrived] = useState(nothing);
  const [frozen, setFrozen] = useState<Arrived | null>(null);
  const [watches, setWatches] = useState(0);
  const sees = useStore(watching);
  const loaded = data?.pages.flatMap(({ items }) => items) ?? [];

  useEffect(() => {
    if (isEverybodys(query)) return;
    const fits = fitting(query);
    return watch("activity", {
      began: () => setWatches((times) => times + 1),
      saw({ items, skipped }) {
        setArrived((current) => arrive(current, (items as Event[]).filter(fits), skipped));
        lookSoon();
      },
    });
  }, [query]);

  const look = useEffectEvent(async (gap: boolean) => {
    const newest = await newestEvents(query).catch(() => null);
    if (newest) setArrived((current) => catchUp(current, loaded, newest, gap));
  });

  // Only a later watch follows a gap; the first one may have begun after the list was read. A watch
  // that is cut before it settled leaves the question to the next.
  useEffect(() => {
    if (!isSuccess || !sees || watches === 0) return;
    const timer = setTimeout(() => void look(watches > 1), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [watches, sees, isSuccess]);

  useEffect(() => {
    if (!isSuccess || !isEverybodys(query)) return;
    const timer = setInterval(() => document.hidden || void look(false), LOOK_MS);
    return () => clearInterval(timer);
  }, [query, isSuccess]);

  const entries: Entry[] = together(frozen ?? arrived, loaded);
  return {
    ...pages,
    isSuccess,
    entries,
    held: frozen !== null,
    waiting: frozen ? arrived.count - frozen.count : 0,
    hold: () => setFrozen((current) => current ?? arrived),
    /** Shows what waits and goes on holding still. */
    showWaiting: () => setFrozen(arrived),
    follow: () => setFrozen(null),
  };
}
