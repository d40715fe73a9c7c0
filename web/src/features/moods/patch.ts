// Writes what became of a mood into the caches at once; the figures about it are asked for anew.
import { keys } from "@/api/keys";
import type { List, Mood, MoodYear } from "@/api/types";
import { askAnew, queryClient } from "@/lib/queryClient";
import type { MoodOperation } from "./operation";
import { moved } from "./overlay";

const year = (date: string) => keys.moodYear(Number(date.slice(0, 4)));

export const askMoodsAgain = (): void => askAnew(keys.moods);

/** `mood` is what the server now keeps, null when it keeps nothing any more. */
export function moodDelivered(operation: MoodOperation, mood: Mood | null): void {
  const { moodId, date } = operation;
  queryClient.setQueryData<List<Mood>>(keys.moodDay(date), (list) => {
    if (!list) return list;
    const others = list.items.filter(({ id }) => id !== moodId);
    const items = mood?.date === date ? [mood, ...others] : others;
    return { ...list, items: items.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at)) };
  });
  queryClient.setQueryData<MoodYear>(year(date), (known) => known && { ...known, days: moved(known.days, operation) });
  askMoodsAgain();
}
