// Everything that runs beside the components: who is signed in, what is cached, what waits, what arrives.
import { onlineManager } from "@tanstack/react-query";
import { accessToken, followOtherTabs, session } from "@/api/session";
import { deliver } from "@/features/outbox/deliver";
import { openOutbox } from "@/features/outbox/outbox";
import { connection, watchConnection } from "@/lib/connection";
import { enableShortcuts } from "@/lib/keyboard";
import { queryClient } from "@/lib/queryClient";
import { keepAnswers, restoreAnswers, wipeAnswers } from "./answers";
import { watchDayChange } from "./dayChange";
import { connectLive, disconnectLive, reconnectLive } from "./live";
import { loadAhead, loadPage } from "./pages";
import { forgetPush, watchPush } from "./push";
import { registerServiceWorker } from "./serviceWorker";
import { applyTheme } from "./theme";

async function signIn(userId: string): Promise<void> {
  await openOutbox(userId).catch(() => undefined); // a browser that keeps nothing still shows what the server says
  connectLive();
  void deliver();
}

async function signOut(): Promise<void> {
  disconnectLive();
  forgetPush();
  queryClient.clear();
  await Promise.all([wipeAnswers(), openOutbox(null)]);
}

function followSession(): void {
  let current = session.get().user;
  session.subscribe(() => {
    const { user } = session.get();
    const before = current;
    current = user;
    if (user) {
      applyTheme(user.preferences.theme);
      enableShortcuts(user.preferences.shortcuts);
    }
    if (user?.id === before?.id) return;
    void (user ? signIn(user.id) : signOut());
  });
}

function followConnection(): void {
  onlineManager.setEventListener((setOnline) => connection.subscribe(() => setOnline(connection.get().online)));
  onlineManager.setOnline(connection.get().online);
  connection.subscribe(() => {
    if (!connection.get().online || session.get().status === "signed-out") return;
    reconnectLive();
    void deliver();
  });
}

export async function start(): Promise<void> {
  watchConnection();
  followConnection();
  followOtherTabs(() => location.reload());
  followSession();
  const { user } = session.get();
  if (user) {
    enableShortcuts(user.preferences.shortcuts);
    void accessToken().catch(() => undefined); // on its way while the page loads; whoever needs it hears of trouble
    void loadPage(location);
    await restoreAnswers(user.id).catch(() => undefined);
    void signIn(user.id);
  }
  keepAnswers();
  watchDayChange();
  loadAhead();
  registerServiceWorker();
  watchPush();
}
