// How channels and messages sound, and the rules around them, without a page.
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { addressFrom, lacking, suggestTopic } from "@/features/notifications/add/addresses";
import { verifying } from "@/features/notifications/add/snippets";
import { behind, merged } from "@/features/notifications/history/merge";
import { inForce, insert } from "@/features/notifications/templates/draft";
import { deliveryInWords, lastSent, skippedInWords, standing } from "@/features/notifications/words";
import { channel, delivery, skipped, text } from "./messages";

describe("how a channel stands", () => {
  test.each([
    [{}, "good", "Works"],
    [{ state: "new" }, "open", "Not used yet"],
    [{ state: "failing", last_error: "The server took too long." }, "bad", "Failing"],
    [{ state: "blocked" }, "bad", "Blocked"],
    [{ enabled: false, state: "failing" }, "open", "Paused"],
  ] as const)("%o: %s, %s", (part, is, word) => {
    expect(standing(channel(part))).toMatchObject({ is, word });
  });
  test("says why it fails, and what to do when it is blocked", () => {
    expect(standing(channel({ state: "failing", last_error: "No answer." })).more).toBe("No answer.");
    expect(standing(channel({ kind: "telegram", state: "blocked", last_error: "The bot was blocked." })).more).toBe(
      "The bot was blocked. Start the bot again in Telegram, or link the chat anew.",
    );
  });
  test("says what waits", () => {
    expect(lastSent(channel({ last_sent_at: null, waiting: 3 }))).toBe("No message yet · 3 waiting");
  });
});

describe("what became of a message", () => {
  test.each([
    [{}, "Sent after 0.3 s."],
    [{ state: "pending", sent_at: null }, "On its way."],
    [
      { state: "failed", sent_at: null, reason: "The server took too long.", attempts: 3, next_at: "2026-11-17T06:45:00Z" },
      "Not sent yet: The server took too long. Tried 3 times. The next try is at 07:45.",
    ],
    [{ state: "dead", sent_at: null, reason: "Nobody has this address." }, "Not sent: Nobody has this address."],
    [{ state: "dropped", sent_at: null, reason: "done meanwhile" }, "Not sent: already done."],
    [{ state: "dropped", sent_at: null, reason: "already done at 7:41" }, "Not sent: already done at 7:41."],
    [{ state: "dropped", sent_at: null, reason: null }, "Not sent."],
  ] as const)("%o: %s", (part, words) => {
    expect(deliveryInWords(delivery(part), "Europe/Berlin")).toBe(words);
  });
  test.each([
    ["done", "Not sent: already done."],
    ["not due", "Not sent: not due that day."],
    ["quiet", "Not sent: quiet hours."],
    ["missed", "Not sent: Daybeat was not running at that time."],
  ])("a reminder left unsaid, %s: %s", (reason, words) => {
    expect(skippedInWords(reason)).toBe(words);
  });
});

const at = (minute: number) => `2026-11-17T06:${String(minute).padStart(2, "0")}:00Z`;

const sent = (...minutes: number[]) => minutes.map((minute) => delivery({ id: `d${minute}`, created_at: at(minute) }));
const unsaid = (...minutes: number[]) => minutes.map((minute) => skipped({ id: `r${minute}`, due_at: at(minute) }));

describe("two lists by time", () => {
  test("are read as one, the newest first", () => {
    const entries = merged({ items: sent(30, 10), more: false }, { items: unsaid(40, 20), more: false });
    expect(entries.map(({ id }) => id)).toEqual(["r40", "d30", "r20", "d10"]);
  });
  test("show nothing older than where one of them is not known yet", () => {
    const lists = [{ items: sent(50, 40), more: true }, { items: unsaid(45, 5), more: false }] as const;
    expect(merged(...lists).map(({ id }) => id)).toEqual(["d50", "r45", "d40"]);
    expect(behind(...lists)).toBe("deliveries");
  });
  test("say which of them to go on with, until both are complete", () => {
    expect(behind({ items: sent(10), more: true }, { items: unsaid(20), more: true })).toBe("skipped");
    expect(behind({ items: sent(10), more: false }, { items: unsaid(20), more: false })).toBeNull();
    expect(behind({ items: [], more: false }, { items: [], more: false })).toBeNull();
  });
});

describe("addresses", () => {
  test("leave out what is empty", () => {
    expect(addressFrom("ntfy", { topic: " walks ", server: "", token: "" })).toEqual({ topic: "walks" });
  });
  test("say what is missing", () => {
    expect(lacking("webhook", { url: " " })).toEqual({ url: "Address of your program is missing." });
    expect(lacking("mqtt", {})).toEqual({});
  });
  test("a suggested topic is not guessed", () => {
    const topics = new Set(Array.from({ length: 200 }, suggestTopic));
    expect(topics.size).toBe(200);
    for (const topic of topics) expect(topic).toMatch(/^daybeat-[a-z0-9]{16}$/);
  });
});

describe("the code that checks a webhook", () => {
  const key = Buffer.alloc(24, 7);
  const secret = `whsec_${key.toString("base64")}`;
  const headersFor = (body: string, sentAt = Math.floor(Date.now() / 1000)) => ({
    "webhook-id": "m1",
    "webhook-timestamp": String(sentAt),
    "webhook-signature": `v1,${createHmac("sha256", key).update(`m1.${sentAt}.${body}`).digest("base64")}`,
  });
  async function check(headers: Record<string, string>, body: string): Promise<boolean> {
    const code = `data:text/javascript,${encodeURIComponent(verifying.node)}`;
    const { isFromDaybeat } = (await import(/* @vite-ignore */ code)) as { isFromDaybeat: (...of: unknown[]) => boolean };
    return isFromDaybeat(headers, body, secret);
  }
  test("takes what is from here, and nothing that was changed or is old", async () => {
    const headers = headersFor("{}");
    expect(await check(headers, "{}")).toBe(true);
    expect(await check({ ...headers, "webhook-signature": `v1,bm8= ${headers["webhook-signature"]}` }, "{}")).toBe(true);
    expect(await check(headers, "{ }")).toBe(false);
    expect(await check({ ...headers, "webhook-signature": "v1,bm8=" }, "{}")).toBe(false);
    expect(await check(headersFor("{}", 1_700_000_000), "{}")).toBe(false);
  });
});

describe("templates", () => {
  test("a channel without words of its own takes those of all", () => {
    const items = [text({ title: "All", own: true }), text({ channel: "email", title: "Mail", own: true })];
    expect(inForce({ items }, { kind: "reminder", language: "en", channel: "email" })).toMatchObject({ title: "Mail", own: true });
    expect(inForce({ items }, { kind: "reminder", language: "en", channel: "ntfy" })).toMatchObject({ title: "All", own: false });
  });
  test("a variable comes where the cursor is", () => {
    expect(insert("Do  now", "title", 3)).toEqual({ text: "Do {{ title }} now", cursor: 14 });
  });
});
