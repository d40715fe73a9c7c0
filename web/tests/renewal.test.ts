import { beforeEach, expect, test, vi } from "vitest";

const worker = { state: "installed", postMessage: vi.fn<(message: unknown) => void>(), addEventListener: vi.fn<() => void>() };
const registration = Object.assign(new EventTarget(), { waiting: worker, installing: null });
let container = new EventTarget();
const reload = vi.fn<() => void>();

beforeEach(async () => {
  vi.resetModules();
  container = Object.assign(new EventTarget(), { controller: {}, register: async () => registration });
  vi.stubEnv("PROD", true);
  vi.stubGlobal("location", { reload });
  vi.stubGlobal("navigator", { serviceWorker: container });
  reload.mockClear();
  worker.postMessage.mockClear();
  const { registerServiceWorker } = await import("@/app/serviceWorker");
  registerServiceWorker();
});

const takesOver = () => container.dispatchEvent(new Event("controllerchange"));

test("the tab that asked for a new version shows it", async () => {
  const { shownToast: shown } = await import("@/lib/toasts");
  await vi.waitFor(() => expect(shown()?.action?.label).toBe("Reload"));
  shown()!.action!.run();
  expect(worker.postMessage).toHaveBeenCalledWith({ type: "SKIP_WAITING" });
  expect(reload).not.toHaveBeenCalled();
  takesOver();
  expect(reload).toHaveBeenCalledOnce();
});

test("a tab that did not ask is left at what it shows, and may follow", async () => {
  const { shownToast: shown } = await import("@/lib/toasts");
  await vi.waitFor(() => expect(shown()).toBeDefined());
  takesOver();
  expect(reload).not.toHaveBeenCalled();
  shown()!.action!.run();
  expect(reload).toHaveBeenCalledOnce();
});
