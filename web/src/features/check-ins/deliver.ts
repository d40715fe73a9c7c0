// Brings the outbox to the server: in order, one tab at a time, until everything is answered.
import { api } from "@/api/client";
import { inWords, Problem } from "@/api/problem";
import type { CheckInResult } from "@/api/types";
import { connection } from "@/lib/connection";
import { openChannel } from "@/lib/channel";
import { exclusive } from "@/lib/locks";
import { toast } from "@/lib/toasts";
import type { Operation } from "./operation";
import { remove, takeNext } from "./outbox";
import { applyResult, askAgain, type Result } from "./patch";

/** The tab that delivered tells the others what the server said, so they need not ask. */
const otherTabs = openChannel<Result>("daybeat-delivered");

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

function post({ id, habitId, date, change }: Operation): Promise<CheckInResult> {
  const day = `/habits/${habitId}/check-ins/${date}`;
  const rest = { operation: id };
  switch (change.kind) {
    case "set": {
      const { state, amount, note } = change;
      return api.put(day, { state, amount, note }, rest);
    }
    case "clear":
      return api.delete(day, rest);
    case "add": {
      const { checkInId, amount, at, timezone } = change;
      return api.post(`/habits/${habitId}/check-ins`, { id: checkInId, amount, at, timezone }, rest);
    }
    case "retract":
      return api.delete(`/check-ins/${change.checkInId}`, rest);
  }
}

async function settle(operation: Operation, answer: CheckInResult): Promise<void> {
  const result = { habitId: operation.habitId, day: answer.day, stats: answer.stats };
  applyResult(result);
  otherTabs.say(result);
  await remove(operation.id);
}

async function refuse(operation: Operation, error: unknown): Promise<void> {
  await remove(operation.id);
  toast(`${operation.habitName} was not saved. ${inWords(error)}`, { stays: true });
  askAgain();
}

let wake: () => void = () => {};

/** Grows with every failure, a little random so that devices do not knock in step; a returning network ends it. */
function pause(failures: number, error: unknown): Promise<void> {
  const asked = error instanceof Problem && error.retryAfter ? error.retryAfter * 1000 : 0;
  const grown = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.75 + Math.random() / 2);
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(asked, grown));
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

const isTransient = (error: unknown) => error instanceof Error && "transient" in error && error.transient === true;

async function drain(): Promise<void> {
  let failures = 0;
  while (connection.get().online) {
    const operation = await takeNext();
    if (!operation) return;
    try {
      await settle(operation, await post(operation));
      failures = 0;
    } catch (error) {
      if (isTransient(error)) await pause(failures++, error);
      else if (error instanceof Problem && error.status !== 401) await refuse(operation, error);
      else return; // Signed out: it waits for the next sign-in of this account.
    }
  }
}

let delivering = false;
let askedMeanwhile = false;

export async function deliver(): Promise<void> {
  wake();
  askedMeanwhile = true;
  if (delivering) return;
  delivering = true;
  try {
    while (askedMeanwhile) {
      askedMeanwhile = false;
      await exclusive("daybeat-outbox", drain);
    }
  } finally {
    delivering = false;
  }
}

otherTabs.hear(applyResult);
