// What the server sends only while somebody looks. It is no fact and has no place in the log, so after a gap nobody
// sends it again: whoever looks hears that the watch began anew, and asks.
import { createStore } from "./store";

export type Sight = { type: string; items: unknown[]; skipped: number };
type Watcher = { began: () => void; saw: (sight: Sight) => void };

/** Whether what happens is seen right now. */
export const watching = createStore(false);

const watchers = new Map<string, Watcher>();
let over: WebSocket | null = null;

const say = (type: "watch" | "unwatch", channel: string) => over?.send(JSON.stringify({ type, channel }));

/** A socket that is ready, or none. */
export function watchOver(socket: WebSocket | null): void {
  if (socket === over) return;
  over = socket;
  watching.set(over !== null);
  if (!over) return;
  for (const [channel, { began }] of watchers) {
    say("watch", channel);
    began();
  }
}

export function watch(channel: string, watcher: Watcher): () => void {
  watchers.set(channel, watcher);
  if (over) {
    say("watch", channel);
    watcher.began();
  }
  return () => {
    watchers.delete(channel);
    say("unwatch", channel);
  };
}

export function see(sight: Sight): void {
  watchers.get(sight.type.split(".")[0]!)?.saw(sight);
}
