// Registers the worker that keeps the shell, and offers a new version instead of forcing it on someone mid-sentence.
import { toast } from "@/lib/toasts";

function offer(worker: ServiceWorker): void {
  toast("A new version of Daybeat is ready.", {
    stays: true,
    action: { label: "Reload", run: () => worker.postMessage({ type: "SKIP_WAITING" }) },
  });
}

function watch(worker: ServiceWorker): void {
  worker.addEventListener("statechange", () => {
    if (worker.state === "installed" && navigator.serviceWorker.controller) offer(worker);
  });
}

async function register(): Promise<void> {
  const updating = navigator.serviceWorker.controller !== null;
  const registration = await navigator.serviceWorker.register("/sw.js");
  if (registration.waiting && updating) offer(registration.waiting);
  registration.addEventListener("updatefound", () => registration.installing && watch(registration.installing));
  navigator.serviceWorker.addEventListener("controllerchange", () => updating && location.reload());
}

/** Private windows may refuse a worker; the page works without. */
const tryRegister = () => void register().catch(() => undefined);

export function registerServiceWorker(): void {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  if (document.readyState === "complete") tryRegister();
  else addEventListener("load", tryRegister);
}
