// One waiting check-in over HTTP, and what its answer means here.
import { api } from "@/api/client";
import { inWords } from "@/api/problem";
import type { CheckInResult } from "@/api/types";
import { openChannel } from "@/lib/channel";
import { toast } from "@/lib/toasts";
import type { Operation } from "./operation";
import { applyResult, askAgain, type Result } from "./patch";

/** The tab that delivered tells the others what the server said, so they need not ask. */
const otherTabs = openChannel<Result>("daybeat-delivered");

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

export async function sendCheckIn(operation: Operation): Promise<void> {
  const answer = await post(operation);
  const result = { habitId: operation.habitId, day: answer.day, stats: answer.stats };
  applyResult(result);
  otherTabs.say(result);
}

export function checkInRefused(operation: Operation, error: unknown): void {
  toast(`${operation.habitName} was not saved. ${inWords(error)}`, { stays: true });
  askAgain();
}

otherTabs.hear(applyResult);
