// What each live fact means for this page: check-ins are written into the caches, the rest makes them stale.
import type { QueryKey } from "@tanstack/react-query";
import { keys } from "@/api/keys";
import { api } from "@/api/client";
import { profileChanged } from "@/api/session";
import type { DayState, Stats, User } from "@/api/types";
import { answerCame, answeredHere, sayMoodFrom } from "@/features/moods/elsewhere";
import { figuresMayHaveChanged } from "@/features/insights/fresh";
import { openPrompt, promptIsOver } from "@/features/moods/prompts";
import { sayFromElsewhere } from "@/features/check-ins/elsewhere";
import { isOwn, outbox } from "@/features/outbox/outbox";
import { applyResult, askAgain, everyScreen } from "@/features/check-ins/patch";
import { askAnew } from "@/lib/queryClient";
import { toast } from "@/lib/toasts";

export type Fact = {
  seq: number;
  type: string;
  correlation_id: string | null;
  source: string;
  device: string | null;
  data: Record<string, unknown>;
};

type CheckInData = {
  habit_id: string;
  date: string;
  day: { state: DayState; amount: number | null; count: number };
  stats: Stats;
};

const lists: QueryKey[] = [keys.todays, keys.habits, keys.grids];

const prompts: QueryKey[] = [keys.prompts, keys.promptSettings];

const stale: Record<string, QueryKey[]> = {
  connected: [...everyScreen, keys.moods, keys.prompts, keys.promptSettings, keys.notifications, keys.reminders, keys.goals],
  "habits.habit.created": lists,
  "habits.habit.changed": everyScreen,
  "habits.habit.archived": everyScreen,
  "habits.habit.restored": everyScreen,
  "habits.habit.deleted": lists,
  "habits.habit.paused": everyScreen,
  "habits.pause.ended": everyScreen,
  "habits.order.changed": [keys.todays, keys.habits],
  "habits.history.imported": everyScreen,
  "moods.mood.recorded": [keys.moods],
  "moods.mood.changed": [keys.moods],
  "moods.mood.deleted": [keys.moods],
  "moods.settings.changed": [keys.moodSettings],
  "reminders.prompt.asked": prompts,
  "reminders.prompt.followed_up": prompts,
  "reminders.prompt.answered": prompts,
  "reminders.prompt.expired": prompts,
  "reminders.prompt.skipped": prompts,
  "reminders.settings.changed": prompts,
  "reminders.prompts.rested": prompts,
  "reminders.prompts.doubted": prompts,
  "devices.device.added": [keys.mqttDevices, keys.mqttStatus],
  "devices.device.removed": [keys.mqttDevices, keys.mqttStatus],
};

function checkIn({ data, source, device }: Fact): void {
  const { habit_id: habitId, date, day, stats } = data as CheckInData;
  applyResult({ habitId, day: { date, ...day }, stats });
  sayFromElsewhere(habitId, source, device);
  if (outbox.get().checkIns.some((each) => each.habitId === habitId)) askWhenDelivered();
}

/** Whatever is said about goals, reminders and messages touches the few lists of them; hardly ever is one of those open. */
function told(type: string): QueryKey[] {
  if (type.startsWith("goals.")) return [keys.goals];
  if (type.startsWith("notifications.")) return [keys.notifications, keys.reminders];
  return type.startsWith("reminders.") || type.startsWith("habits.") ? [keys.reminders] : [];
}

/** A question this page shows was answered elsewhere: it says where, and closes. */
function answered({ data, source, device }: Fact): void {
  const words = answerCame(String(data.prompt_id), source, device);
  const shown = openPrompt();
  if (shown && shown.id === data.prompt_id && shown.channels.includes("page")) answeredHere.set(words);
  promptIsOver(String(data.prompt_id), "answered");
}

/** Two devices crossed on one habit: once ours has arrived, the server tells how it ended. */
function askWhenDelivered(): void {
  const stop = outbox.subscribe(() => {
    if (outbox.get().all.length > 0) return;
    stop();
    askAgain();
  });
}

export function handle(fact: Fact | { type: "connected" }): void {
  figuresMayHaveChanged(fact.type);
  if ("correlation_id" in fact) {
    // What a goal came to is no echo: this page does not add it up itself.
    if (isOwn(fact.correlation_id) && !fact.type.startsWith("goals.")) return;
    if (fact.type.startsWith("habits.check_in.")) return checkIn(fact);
    if (fact.type === "moods.mood.recorded") sayMoodFrom(fact.source, fact.device);
    if (fact.type === "reminders.prompt.answered") answered(fact);
    if (fact.type === "reminders.prompt.expired") promptIsOver(String(fact.data.prompt_id), "expired");
    if (fact.type === "accounts.profile.changed") void api.get<User>("/auth/me").then(profileChanged, () => undefined);
    if (fact.type === "accounts.refresh_token.reused")
      toast("Someone used an old sign-in of yours. That device was signed out.", { stays: true });
  }
  for (const queryKey of [...(stale[fact.type] ?? []), ...told(fact.type)]) askAnew(queryKey);
}
