// Goals on a bad line, on two devices at once, and in clumsy hands.
import { onlineManager, QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { keys } from "@/api/keys";
import { signedIn } from "@/api/session";
import { Sheet } from "@/components/Sheet";
import GoalPage from "@/features/goals/detail/GoalPage";
import { GoalSheet } from "@/features/goals/form/GoalSheet";
import type { Entry, GoalHistory } from "@/features/goals/types";
import { queryClient } from "@/lib/queryClient";
import { shownToast, toasts } from "@/lib/toasts";
import { signedIn as answer } from "./examples";
import { goal } from "./goalExamples";
import { type Asked, serve } from "./server";

vi.mock("@/features/goals/detail/BurnUpLines", () => ({ default: () => null }));

beforeEach(() => {
  queryClient.clear();
  toasts.set([]);
  history.replaceState(null, "", "/goals/run");
  vi.useFakeTimers({ now: Date.parse("2026-11-17T11:00:00Z"), toFake: ["Date"] });
  signedIn(answer);
  return () => {
    onlineManager.setOnline(true);
    vi.useRealTimers();
  };
});

type Answered = ReturnType<Parameters<typeof serve>[0]>;

/** A server with one goal; what is more than a look is answered as the test says. */
function world(onChange: () => Answered, entries: Entry[] = []): Asked[] {
  const way: GoalHistory = { goal_id: "run", days: [{ date: "2026-11-01", added: 336, total: 336 }], fan: [] };
  return serve(({ method, path }) => {
    if (method !== "GET") return onChange();
    if (path.startsWith("/api/v1/habits")) return { body: { items: [] } };
    if (path.includes("/entries")) return { body: { items: entries } };
    return { body: path.endsWith("/history") ? way : goal() };
  });
}

const show = (page: React.ReactElement) => render(<QueryClientProvider client={queryClient}>{page}</QueryClientProvider>);
const sent = (asked: Asked[], method: string) => asked.filter((each) => each.method === method);
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const key = ({ headers }: Asked) => headers.get("Idempotency-Key");
const id = ({ body }: Asked) => (body as { id: string }).id;

function lookAgain(status: number): Promise<void> {
  serve(() => ({ status }));
  return act(() => queryClient.refetchQueries({ queryKey: keys.goal("run") }));
}

const trouble = () => within(screen.getByRole("dialog")).findByText("The server can't be reached right now.");
const backOnline = () =>
  act(async () => {
    onlineManager.setOnline(true);
    await queryClient.resumePausedMutations();
  });

async function open(...buttons: string[]) {
  show(<GoalPage id="run" />);
  await screen.findByRole("button", { name: "Add" });
  for (const button of buttons) await press(button);
}

async function add(amount: string) {
  await userEvent.clear(screen.getByLabelText("Amount (km)"));
  await userEvent.type(screen.getByLabelText("Amount (km)"), amount);
  await press("Add");
}

test("saving a name leaves alone what changed elsewhere meanwhile", async () => {
  const asked = world(() => ({ body: goal() }));
  await open("Edit");
  act(() => void queryClient.setQueryData(keys.goal("run"), goal({ deadline: "2027-06-30" })));
  await userEvent.type(screen.getByLabelText("Name", { exact: true }), " and more");
  await press("Save");
  await waitFor(() => expect(sent(asked, "PATCH")[0]?.body).toEqual({ name: "Run 500 km and more" }));
});

describe("sent again after the answer was lost", () => {
  test("an entry is the same entry, until it says something else or is there", async () => {
    let lost = true;
    const asked = world(() => (lost ? "unreachable" : { body: {} }));
    await open();
    await add("5");
    await screen.findByText("The server can't be reached right now.");
    await press("Add");
    await waitFor(() => expect(sent(asked, "POST")).toHaveLength(2));
    await screen.findByText("The server can't be reached right now.");
    lost = false;
    await add("6");
    await waitFor(() => expect(screen.getByLabelText("Amount (km)")).toHaveValue(null));
    await add("6");
    await waitFor(() => expect(sent(asked, "POST")).toHaveLength(4));
    const [first, again, other, next] = sent(asked, "POST") as [Asked, Asked, Asked, Asked];
    expect(key(first)).toBe(id(first));
    expect([id(again), key(again)]).toEqual([id(first), key(first)]);
    expect(new Set([first, other, next].map(id)).size).toBe(3);
    expect(new Set([first, other, next].map(key)).size).toBe(3);
  });
  test("a goal is the same goal, until it says something else", async () => {
    const asked = world(() => "unreachable");
    show(<GoalSheet onClose={() => undefined} />);
    await userEvent.type(screen.getByLabelText("Name", { exact: true }), "Far");
    await userEvent.type(screen.getByLabelText("Number"), "40");
    for (const more of ["", "", "0"]) {
      const before = sent(asked, "POST").length;
      if (more) await userEvent.type(screen.getByLabelText("Number"), more);
      await press("Start this goal");
      await waitFor(() => expect(sent(asked, "POST")).toHaveLength(before + 1));
      await screen.findByRole("alert");
    }
    const [first, again, other] = sent(asked, "POST").map(key);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
  test("an entry that is brought back is not mistaken for its first time", async () => {
    const entry: Entry = { id: "e", goal_id: "run", date: "2026-11-03", amount: 12, note: null, at: "2026-11-03T10:00:00Z", source: "web" };
    const asked = world(() => ({ body: entry }), [entry]);
    await open();
    await userEvent.click(await screen.findByRole("button", { name: /^Remove \+12 km on/ }));
    await waitFor(() => expect(shownToast()?.action?.label).toBe("Undo"));
    act(() => shownToast()!.action!.run());
    await waitFor(() => expect(sent(asked, "POST")).toHaveLength(1));
    expect(id(sent(asked, "POST")[0]!)).toBe("e");
    expect(key(sent(asked, "POST")[0]!)).not.toBe("e");
  });
});

test("what is typed for the next entry outlives the answer to this one", async () => {
  const answered = Promise.withResolvers<{ body: object }>();
  world(() => answered.promise);
  await open();
  await add("5");
  await userEvent.clear(screen.getByLabelText("Amount (km)"));
  await userEvent.type(screen.getByLabelText("Amount (km)"), "7");
  act(() => answered.resolve({ body: {} }));
  await waitFor(() => expect(shownToast()?.text).toBe("+5 km. Saved."));
  expect(screen.getByLabelText("Amount (km)")).toHaveValue(7);
});

test("a press that began in a field and ended on the backdrop keeps the sheet", () => {
  const close = vi.fn<() => void>();
  render(
    <Sheet title="Words" onClose={close}>
      <input aria-label="Field" />
    </Sheet>,
  );
  const dialog = screen.getByRole("dialog");
  fireEvent.pointerDown(screen.getByLabelText("Field"));
  fireEvent.click(dialog);
  expect(close).not.toHaveBeenCalled();
  fireEvent.pointerDown(dialog);
  fireEvent.click(dialog);
  expect(close).toHaveBeenCalledOnce();
});

describe("offline", () => {
  test("a deletion fails where it was asked for, and does not come later", async () => {
    const asked = world(() => "unreachable");
    await open("Delete");
    onlineManager.setOnline(false);
    await press("Delete for good");
    expect(await trouble()).toBeInTheDocument();
    expect(shownToast()).toBeUndefined();
    await press("Keep it");
    await backOnline();
    expect(sent(asked, "DELETE")).toHaveLength(1);
  });
  test("an edit fails at once, and Cancel is the end of it", async () => {
    const asked = world(() => "unreachable");
    await open("Edit");
    onlineManager.setOnline(false);
    await userEvent.type(screen.getByLabelText("Name", { exact: true }), "!");
    await press("Save");
    expect(await trouble()).toBeInTheDocument();
    await press("Cancel");
    await backOnline();
    expect(sent(asked, "PATCH")).toHaveLength(1);
  });
});

describe("looked at again", () => {
  test("a goal stays on the page when the server does not want to answer", async () => {
    world(() => ({ body: {} }));
    await open();
    await lookAgain(403);
    expect(screen.getByRole("heading", { name: "Run 500 km" })).toBeInTheDocument();
    await lookAgain(404);
    expect(screen.getByText("This goal is not here any more.")).toBeInTheDocument();
  });
  test("an address that is none leads to all", async () => {
    serve(() => ({ status: 422 }));
    show(<GoalPage id="nonsense" />);
    expect(await screen.findByRole("link", { name: "All goals" })).toBeInTheDocument();
  });
});
