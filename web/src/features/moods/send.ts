// One waiting mood over HTTP, and what its answer means here.
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import { inWords, Problem } from "@/api/problem";
import type { Mood } from "@/api/types";
import { enqueue } from "@/features/outbox/outbox";
import { openChannel } from "@/lib/channel";
import { newId } from "@/lib/ids";
import { queryClient } from "@/lib/queryClient";
import { toast } from "@/lib/toasts";
import { answeredElsewhere } from "./elsewhere";
import type { MoodOperation } from "./operation";
import { askMoodsAgain, moodDelivered } from "./patch";
import { promptIsOver } from "./prompts";

const otherTabs = openChannel<"delivered">("daybeat-mood-delivered");

function askPromptsAgain(): void {
  for (const queryKey of [keys.prompts, keys.promptSettings]) void queryClient.invalidateQueries({ queryKey });
}

async function post({ id, moodId, change }: MoodOperation): Promise<Mood | null> {
  const rest = { operation: id };
  switch (change.kind) {
    case "record":
      return api.post<Mood>("/moods", { id: moodId, ...change.said, prompt_id: change.promptId }, rest);
    case "correct":
      return api.patch<Mood>(`/moods/${moodId}`, change.fields, rest);
    case "remove":
      await api.delete(`/moods/${moodId}`, rest).catch(isGoneAlready);
      return null;
  }
}

function isGoneAlready(error: unknown): void {
  if (!(error instanceof Problem) || error.status !== 404) throw error;
}

export async function sendMood(operation: MoodOperation): Promise<void> {
  const mood = await post(operation);
  moodDelivered(operation, mood);
  if (mood?.prompt_id) promptIsOver(mood.prompt_id, "answered");
  if (operation.change.kind === "record") askPromptsAgain();
  otherTabs.say("delivered");
}

const wasAnswered = (error: unknown) => error instanceof Problem && error.body.type === "already-answered";

export async function moodRefused(operation: MoodOperation, error: unknown): Promise<void> {
  const { change } = operation;
  askMoodsAgain();
  askPromptsAgain();
  if (change.kind !== "record" || !wasAnswered(error)) {
    toast(`Your mood was not saved. ${inWords(error)}`, { stays: true });
  } else if (change.asked) {
    toast(answeredElsewhere(change.promptId));
  } else {
    // The question has its answer from elsewhere; what was said here is a mood of its own.
    await enqueue({ ...operation, id: newId(), sent: false, change: { ...change, promptId: null } });
  }
}

otherTabs.hear(() => {
  askMoodsAgain();
  askPromptsAgain();
});
