// Keeps the subscription of this browser true. The code for it is fetched only where somebody subscribed.

const load = () => import("@/features/notifications/push");
const subscribed = () => localStorage.getItem("daybeat.push") !== null;

/** Without an answer it is tried again when the page is opened next. */
const tell = () => void load().then(({ tellNewAddress }) => tellNewAddress()).catch(() => undefined);

export function watchPush(): void {
  if (subscribed()) tell();
  navigator.serviceWorker?.addEventListener("message", ({ data }: MessageEvent<{ type?: string } | null>) => {
    if (data?.type === "push-changed" && subscribed()) tell();
  });
}

export function forgetPush(): void {
  if (subscribed()) void load().then(({ forgetThisBrowser }) => forgetThisBrowser()).catch(() => undefined);
}
