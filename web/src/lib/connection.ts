// Can this browser reach the server? The browser's own flag knows only about networks, and a Daybeat on the same
// machine needs none: so an "offline" is believed only after the server did not answer either.
import { createStore } from "./store";

export const connection = createStore({ online: navigator.onLine });

const isOnline = (online: boolean) => connection.set((current) => (current.online === online ? current : { online }));

async function ask(): Promise<void> {
  try {
    isOnline((await fetch("/health/live", { cache: "no-store" })).ok);
  } catch {
    isOnline(false);
  }
}

export function watchConnection(): void {
  addEventListener("online", () => isOnline(true));
  addEventListener("offline", () => {
    isOnline(false);
    void ask();
  });
  if (!navigator.onLine) void ask();
}
