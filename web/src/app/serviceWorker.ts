// Registers the worker that keeps the shell, and offers a new version instead of forcing it on someone mid-sentence.
import { toast } from "@/lib/toasts";

let asked = false;

function offerReload(run: () => void): void {
  toast("A new version of Daybeat is ready.", { stays: true, action: { label: "Reload", run } });
}

const offer = (worker: ServiceWorker) =>
  offerReload(() => {
    asked = true;
    worker.postMessage({ type: "SKIP_WAITING" });
  });

/** The new version has taken over: the tab that asked for it shows it, the others finish what they are at. */
function takenOver(): void {
  if (asked) location.reload();
  else offerReload(() => location.reload());
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
  navigator.serviceWorker.addEventListener("controllerchange", () => updating && takenOver());
}

/** Private windows may refuse a worker; the page works without. */
const tryRegister = () => void register().catch(() => undefined);

export function registerServiceWorker(): void {
  if (!("serviceWorker" in navigator) || !import.meta.env.PROD) return;
  if (document.readyState === "complete") tryRegister();
  else addEventListener("load", tryRegister);
}
