import { beforeEach, describe, expect, test, vi } from "vitest";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import { signedIn } from "@/api/session";
import type { Today } from "@/api/types";
import { add, setDone } from "@/features/check-ins/actions";
import { deliver } from "@/features/outbox/deliver";
import { discardOutbox, openOutbox, outbox } from "@/features/outbox/outbox";
import { subjectOf } from "@/features/check-ins/subject";
import { undo } from "@/features/outbox/undo";
import { connection } from "@/lib/connection";
import { queryClient } from "@/lib/queryClient";
import { shownToast } from "@/lib/toasts";
import { item, signedIn as answer, stats, today, water } from "./examples";
import { type Asked, serve } from "./server";

const target = { habit: subjectOf(item()), day: item(), today: "2026-11-17" };
const drink = { habit: subjectOf(water()), day: water(), today: "2026-11-17" };
const waiting = () => outbox.get().all.length;
const settled = () => vi.waitFor(() => expect(waiting()).toBe(0));
const checkIns = (asked: Asked[]) => asked.filter(({ path }) => path.includes("check-ins"));

const stored = { body: { check_in: null, day: { ...item(), state: "done", count: 1 }, stats, changed: true } };

beforeEach(async () => {
  signedIn(answer);
  await openOutbox("ana");
  await discardOutbox();
  connection.set({ online: true });
  queryClient.clear();
});

describe("offline", () => {
  beforeEach(() => connection.set({ online: false }));

  test("a check-in waits, survives a reload, and arrives once and in order", async () => {
    const asked = serve(() => stored);
    await setDone(target);
    await add(drink, 1);
    await add(drink, 2);
    expect(asked).toHaveLength(0);

    await openOutbox("ana"); // What a reopened tab does.
    expect(waiting()).toBe(3);
    const ids = outbox.get().all.map(({ id }) => id);

    connection.set({ online: true });
    await deliver();
    await settled();
    expect(asked.map(({ headers }) => headers.get("Idempotency-Key"))).toEqual(ids);
    expect(asked.map(({ body }) => (body as { amount?: number }).amount)).toEqual([undefined, 1, 2]);
  });

  test("undo takes it out before it ever leaves", async () => {
    const asked = serve(() => stored);
    await setDone(target);
    await undo();
    expect(waiting()).toBe(0);
    connection.set({ online: true });
    await deliver();
    expect(asked).toHaveLength(0);
  });

  test("another account neither sees nor sends it", async () => {
    const asked = serve(() => stored);
    await setDone(target);
    await openOutbox("ben");
    expect(waiting()).toBe(0);
    connection.set({ online: true });
    await deliver();
    expect(asked).toHaveLength(0);
    await openOutbox("ana");
    expect(waiting()).toBe(1);
  });
});

describe("online", () => {
  test("the answer reaches every cached screen", async () => {
    serve(() => stored);
    queryClient.setQueryData(keys.today(null), today(item(), water()));
    const untouched = queryClient.getQueryData<Today>(keys.today(null))!.items[1];
    await setDone(target);
    await settled();
    const seen = queryClient.getQueryData<Today>(keys.today(null))!;
    expect(seen.items[0]?.state).toBe("done");
    expect(seen.items[1]).toBe(untouched);
  });

  test.each([
    ["shown", today(item())],
    ["not there yet", undefined],
  ])("an answer that was read before does not take it back when Today is %s", async (_, known) => {
    const open: ((body: Today) => void)[] = [];
    const reads = () => new Promise<{ body: Today }>((answered) => open.push((body) => answered({ body })));
    serve(({ path }) => (path === "/api/v1/today" ? reads() : stored));
    queryClient.setQueryData(keys.today(null), known);
    const read = { queryKey: keys.today(null), queryFn: () => api.get<Today>("/today"), staleTime: 0 };
    void queryClient.fetchQuery(read).catch(() => undefined);
    await vi.waitFor(() => expect(open).toHaveLength(1));
    await setDone(target);
    await settled();
    open[0]!(today(item()));
    await vi.waitFor(() => expect(open).toHaveLength(2));
    open[1]!(today(item({ state: "done", count: 1 })));
    await vi.waitFor(() => expect(queryClient.isFetching()).toBe(0));
    expect(queryClient.getQueryData<Today>(keys.today(null))?.items[0]?.state).toBe("done");
  });

  test("a lost answer is asked for again under the same key", async () => {
    let tries = 0;
    const asked = serve(() => (++tries === 1 ? "unreachable" : stored));
    await setDone(target);
    await settled();
    const sent = checkIns(asked).map(({ headers }) => headers.get("Idempotency-Key"));
    expect(sent).toHaveLength(2);
    expect(new Set(sent).size).toBe(1);
  });

  test("undo at once takes back what was done last, not what was done before", async () => {
    const asked = serve(() => stored);
    await add(drink, 1);
    await settled();
    void setDone(target);
    await undo();
    await settled();
    expect(checkIns(asked).map(({ path }) => path)).not.toContainEqual(expect.stringContaining("/api/v1/check-ins/"));
  });

  test("undo of what was sent clears it on the server", async () => {
    const asked = serve(() => stored);
    await setDone(target);
    await settled();
    await undo();
    await settled();
    expect(checkIns(asked).map(({ method }) => method)).toEqual(["PUT", "DELETE"]);
  });

  test("undo of an added amount takes back exactly that one", async () => {
    const asked = serve(() => stored);
    await add(drink, 1);
    await settled();
    await undo();
    await settled();
    const [added, undone] = checkIns(asked);
    expect(undone).toMatchObject({ method: "DELETE", path: `/api/v1/check-ins/${(added!.body as { id: string }).id}` });
  });

  test("a refusal drops it and says why", async () => {
    serve(() => ({ status: 422, body: { title: "Refused", detail: "The habit begins later." } }));
    await setDone(target);
    await settled();
    expect(shownToast()?.text).toBe("Read 20 pages was not saved. The habit begins later.");
  });
});
