// What the Habits page shows lives in its address: days, tag, and the words of the filter.
import { useCallback } from "react";
import { useSearchParams } from "wouter";
import type { Habit } from "@/api/types";

export const spans = [7, 14, 30];

export type HabitsView = ReturnType<typeof useHabitsView>;

export function useHabitsView(usualDays: number) {
  const [search, setSearch] = useSearchParams();
  const asked = Number(search.get("days"));
  const days = spans.includes(asked) ? asked : usualDays;
  const tag = search.get("tag") ?? "";
  const words = search.get("q") ?? "";

  const put = (name: string, value: string) =>
    setSearch(
      (current) => {
        const next = new URLSearchParams(current);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );

  const matches = useCallback(
    ({ name, tags }: Habit) =>
      (!tag || tags.includes(tag)) &&
      [name, ...tags].some((text) => text.toLowerCase().includes(words.trim().toLowerCase())),
    [tag, words],
  );

  return {
    days,
    tag,
    words,
    matches,
    setDays: (next: number) => put("days", String(next)),
    setTag: (next: string) => put("tag", next),
    setWords: (next: string) => put("q", next),
  };
}

/** Habits in the order of their first tag's first appearance; habits without a tag come last, without a title. */
export function sectionsOf(habits: Habit[]): [string, Habit[]][] {
  const sections = Map.groupBy(habits, ({ tags }) => tags[0] ?? "");
  return [...sections].toSorted(([one], [other]) => Number(one === "") - Number(other === ""));
}
