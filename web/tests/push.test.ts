// What the service worker makes of a push and of a tap, without a service worker.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { signedIn } from "@/api/session";
import { bytesOf, forgetThisBrowser, ownChannel, pushStanding, remember, tellNewAddress, thisBrowser } from "@/features/notifications/push";
import { notSaved, noticeOf, pageOf, read, requestOf } from "@/worker/notice";
import { signedIn as answer, user } from "./examples";
import { serve } from "./server";

const HERE = "https://daybeat.example.org";
const done = { name: "done", label: "Done", url: `${HERE}/r/abc.def`, form: "do=done" };
const said = { title: "Read 20 pages", body: "Still open today.", link: `${HERE}/`, tag: "r1", lang: "en", actions: [done] };

const shown = (payload: unknown) => noticeOf(read(JSON.stringify(payload)));

describe("a push becomes a notice", () => {
  test("with its text, its place among others, and its buttons", () => {
    const { title, options } = shown(said);
    expect(title).toBe("Read 20 pages");
    expect(options).toMatchObject({ body: "Still open today.", tag: "r1", lang: "en", actions: [{ action: "done", title: "Done" }] });
  });
  test("text stays text, whatever it looks like", () => {
    const hostile = "<img src=x onerror=alert(1)>";
    const { title, options } = shown({ ...said, title: hostile, body: hostile });
    expect([title, options.body]).toEqual([hostile, hostile]);
  });
  test.each([undefined, "", "no json", "null", "7", '"text"', "[]", '{"title": 7, "body": {}}'])("%o still shows something", (raw) => {
    expect(noticeOf(read(raw))).toMatchObject({ title: "Daybeat", options: { body: "Something waits for you.", actions: [] } });
  });
  test("where there is no room for all moods none is offered, and of other buttons the first ones", () => {
    const moods = [1, 2, 3].map((score) => ({ ...done, name: `score:${score}`, label: `${score}` }));
    expect(noticeOf(read(JSON.stringify({ ...said, actions: moods })), 2).options.actions).toEqual([]);
    const buttons = [done, { ...done, name: "skip", label: "Skip" }, { ...done, name: "snooze", label: "Later" }];
    expect(noticeOf(read(JSON.stringify({ ...said, actions: buttons })), 2).options.actions.map(({ action }) => action)).toEqual(["done", "skip"]);
  });
  test("buttons that are none are left out", () => {
    expect(shown({ ...said, actions: [null, 7, { name: "done" }, done] }).options.actions).toEqual([{ action: "done", title: "Done" }]);
  });
});

describe("a tap becomes a request", () => {
  const kept = shown(said).options.data;
  test("a button sends its form, signed by its link alone", () => {
    expect(requestOf("done", kept, HERE)).toEqual({
      url: `${HERE}/r/abc.def`,
      init: { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "do=done", credentials: "omit" },
    });
  });
  test.each(["", "other", "constructor", "__proto__"])("%o asks for nothing", (action) => {
    expect(requestOf(action, kept, HERE)).toBeNull();
  });
  test.each([
    ["https://elsewhere.example/r/abc", `${HERE}/r/abc`],
    ["//elsewhere.example/r/abc", `${HERE}/r/abc`],
    ["http://192.168.1.5:8000/r/abc?x=1", `${HERE}/r/abc?x=1`],
    ["https://elsewhere.example//evil.example/r", `${HERE}/evil.example/r`],
  ])("%s is asked here and nowhere else", (url, asked) => {
    expect(requestOf("done", shown({ ...said, actions: [{ ...done, url }] }).options.data, HERE)?.url).toBe(asked);
  });
  test("what is no web address is never asked", () => {
    const data = shown({ ...said, actions: [{ ...done, url: "javascript:alert(1)" }] }).options.data;
    expect(requestOf("done", data, HERE)).toBeNull();
  });
  test.each([
    [`${HERE}/habits/7`, `${HERE}/habits/7`],
    ["javascript:alert(1)", `${HERE}/`],
    ["", `${HERE}/`],
    ["https://elsewhere.example/mood", `${HERE}/mood`],
  ])("a tap on %o opens a page of this Daybeat", (link, page) => {
    expect(pageOf(shown({ ...said, link }).options.data, HERE)).toBe(page);
  });
  test("a button that did not work says so", () => {
    expect(notSaved("Read", false)).toContain("Try again");
    expect(notSaved("Read", true)).toContain("Tap to open");
  });
});

/** A browser that can be pushed to, as far as the page sees. */
function browser(endpoint: string, permission: NotificationPermission = "granted") {
  const subscription = {
    endpoint,
    toJSON: () => ({ endpoint, keys: { p256dh: "p", auth: "a" } }),
    unsubscribe: vi.fn<() => Promise<boolean>>().mockResolvedValue(true),
  };
  const subscribe = vi.fn<(options: unknown) => Promise<unknown>>().mockResolvedValue(subscription);
  const registration = { pushManager: { subscribe, getSubscription: () => Promise.resolve(subscription) } };
  const serviceWorker = { getRegistration: () => Promise.resolve(registration), ready: Promise.resolve(registration) };
  vi.stubGlobal("isSecureContext", true);
  vi.stubGlobal("PushManager", () => undefined);
  vi.stubGlobal("Notification", { permission, requestPermission: () => Promise.resolve(permission) });
  Object.defineProperty(navigator, "serviceWorker", { value: serviceWorker, configurable: true });
  return { subscribe, subscription };
}

describe("this browser as a channel", () => {
  beforeEach(() => signedIn(answer));
  afterEach(() => {
    vi.unstubAllGlobals();
    Reflect.deleteProperty(navigator, "serviceWorker");
    localStorage.clear();
  });

  test("is found out before anybody is asked", () => {
    vi.stubGlobal("isSecureContext", false);
    expect(pushStanding()).toBe("insecure");
    vi.stubGlobal("isSecureContext", true);
    expect(pushStanding()).toBe("unsupported");
    browser("https://push.example/1", "denied");
    expect(pushStanding()).toBe("denied");
  });
  test("subscribes with the key of this Daybeat", async () => {
    const { subscribe } = browser("https://push.example/1");
    const wanted = await thisBrowser("AQID-_8");
    expect(wanted).toMatchObject({ kind: "web_push", address: { endpoint: "https://push.example/1", keys: { p256dh: "p", auth: "a" } } });
    expect(subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: bytesOf("AQID-_8") });
    expect([...bytesOf("AQID-_8")]).toEqual([1, 2, 3, 251, 255]);
  });
  test("a no is a no", async () => {
    const { subscribe } = browser("https://push.example/1", "denied");
    expect(await thisBrowser("AQID")).toBeNull();
    expect(subscribe).not.toHaveBeenCalled();
  });
  test("an address that changed is told once", async () => {
    browser("https://push.example/2");
    const asked = serve(() => ({ body: {} }));
    remember("c1", { endpoint: "https://push.example/1" });
    await tellNewAddress();
    await tellNewAddress();
    expect(asked.map(({ method, path, body }) => [method, path, body])).toEqual([
      ["PATCH", "/api/v1/notifications/channels/c1", { address: { endpoint: "https://push.example/2", keys: { p256dh: "p", auth: "a" } } }],
    ]);
  });
  test("belongs to the account that turned it on", async () => {
    browser("https://push.example/2");
    const asked = serve(() => ({ body: {} }));
    remember("c1", { endpoint: "https://push.example/1" });
    expect(ownChannel()).toBe("c1");
    signedIn({ ...answer, user: { ...user, id: "bo" } });
    expect(ownChannel()).toBeNull();
    await tellNewAddress();
    expect(asked).toEqual([]);
  });
  test("is forgotten when the account leaves", async () => {
    const { subscription } = browser("https://push.example/1");
    remember("c1", { endpoint: "https://push.example/1" });
    await forgetThisBrowser();
    expect(subscription.unsubscribe).toHaveBeenCalled();
    expect(ownChannel()).toBeNull();
  });
});
