// The part of the service worker that shows messages and acts on their buttons. It is loaded by the worker that keeps the shell.
import { type Kept, notSaved, noticeOf, pageOf, read, requestOf } from "./notice";

type Lasting = { waitUntil: (work: Promise<unknown>) => void };
type Pushed = Lasting & { data: { text: () => string } | null };
type Tapped = Lasting & { action: string; notification: Notification };
type Renewed = Lasting & { oldSubscription?: PushSubscription | null };
type Tab = { url: string; focus: () => Promise<unknown>; postMessage: (message: unknown) => void };

/** What this file uses of a service worker's global scope. */
type Worker = {
  location: Location;
  registration: ServiceWorkerRegistration;
  Notification?: { maxActions?: number };
  clients: {
    matchAll: (options: { type: "window"; includeUncontrolled: boolean }) => Promise<Tab[]>;
    openWindow: (url: string) => Promise<unknown>;
  };
  addEventListener: ((type: "push", listener: (event: Pushed) => void) => void) &
    ((type: "notificationclick", listener: (event: Tapped) => void) => void) &
    ((type: "pushsubscriptionchange", listener: (event: Renewed) => void) => void);
};

const worker = globalThis as unknown as Worker;
const { origin } = worker.location;

const tabs = () => worker.clients.matchAll({ type: "window", includeUncontrolled: true });

function show(raw: string | undefined): Promise<void> {
  const { title, options } = noticeOf(read(raw), worker.Notification?.maxActions);
  return worker.registration.showNotification(title, options);
}

/** A tab that already shows the page is used; no other tab is taken away from what is written there. */
async function open(url: string): Promise<void> {
  const tab = (await tabs()).find((each) => each.url === url);
  await (tab ? tab.focus() : worker.clients.openWindow(url));
}

async function ask(request: NonNullable<ReturnType<typeof requestOf>>, notification: Notification): Promise<void> {
  const answer = await fetch(request.url, request.init).catch(() => null);
  if (answer?.ok) return;
  const { title, body, data, dir, icon, tag } = notification;
  const { actions } = notification as unknown as { actions?: unknown };
  const again = { body, data, dir, icon, ...(tag && { tag }), ...(answer ? {} : { actions }) };
  await worker.registration.showNotification(notSaved(title, answer !== null), again);
}

worker.addEventListener("push", (event) => event.waitUntil(show(event.data?.text())));

worker.addEventListener("notificationclick", (event) => {
  const { notification, action } = event;
  const kept: Kept = notification.data ?? { link: "", actions: {} };
  const request = requestOf(action, kept, origin);
  notification.close();
  event.waitUntil(request ? ask(request, notification) : open(pageOf(kept, origin)));
});

/** The browser changed its address. A page that is signed in tells the server: now, or when it is opened next. */
async function subscribeAgain(old: PushSubscription | null | undefined): Promise<void> {
  const options = old?.options;
  if (options?.applicationServerKey)
    await worker.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: options.applicationServerKey });
  for (const tab of await tabs()) tab.postMessage({ type: "push-changed" });
}

worker.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain(event.oldSubscription)));
