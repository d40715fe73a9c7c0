// What other devices just said: the page tells where it came from, for three seconds.
import { createStore } from "@/lib/store";

const SHOWN_MS = 3_000;

const from: Record<string, string> = { terminal: "terminal", api: "the API", mqtt: "MQTT", link: "a link" };
const devices: Record<string, string> = { phone: "phone", computer: "computer" };

/** "from phone" about a mood that was recorded a moment ago. */
export const moodFrom = createStore<string | null>(null);

export function sayMoodFrom(source: string, device: string | null): void {
  const words = `from ${from[source] ?? devices[device ?? ""] ?? "another device"}`;
  moodFrom.set(words);
  setTimeout(() => moodFrom.set((current) => (current === words ? null : current)), SHOWN_MS);
}

const answered: Record<string, string> = {
  terminal: "Answered in the terminal.",
  api: "Answered through the API.",
  mqtt: "Answered by one of your MQTT devices.",
  link: "Answered through a link.",
};
const answeredOn: Record<string, string> = { phone: "Answered on your phone.", computer: "Answered on your computer." };

/** What the banner says for a moment, when the question it showed was answered elsewhere. */
export const answeredHere = createStore<string | null>(null);

const places = new Map<string, string>();

/** Remembers where a question found its answer, and says it in words. */
export function answerCame(promptId: string, source: string, device: string | null): string {
  const words = answered[source] ?? answeredOn[device ?? ""] ?? "Answered on another device.";
  places.set(promptId, words);
  return words;
}

export const answeredElsewhere = (promptId: string | null): string =>
  places.get(promptId ?? "") ?? "Answered on another device.";
