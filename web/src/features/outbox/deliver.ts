// Brings the outbox to the server: in order, one tab at a time, until everything is answered.
import { Problem } from "@/api/problem";
import { checkInRefused, sendCheckIn } from "@/features/check-ins/send";
import { moodRefused, sendMood } from "@/features/moods/send";
import { connection } from "@/lib/connection";
import { exclusive } from "@/lib/locks";
import { remove, takeNext } from "./outbox";
import { isMood, type Waiting } from "./waiting";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

async function send(waiting: Waiting): Promise<void> {
  await (isMood(waiting) ? sendMood(waiting) : sendCheckIn(waiting));
  await remove(waiting.id);
}

async function refuse(waiting: Waiting, error: Problem): Promise<void> {
  await remove(waiting.id);
  await (isMood(waiting) ? moodRefused(waiting, error) : checkInRefused(waiting, error));
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
    const waiting = await takeNext();
    if (!waiting) return;
    try {
      await send(waiting);
      failures = 0;
    } catch (error) {
      if (isTransient(error)) await pause(failures++, error);
      else if (error instanceof Problem && error.status !== 401) await refuse(waiting, error);
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
