import { keepPreviousData, useMutation, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "@/api/client";
import { Problem } from "@/api/problem";
import { keys } from "@/api/keys";
import type { List } from "@/api/types";
import { queryClient } from "@/lib/queryClient";
import { newId } from "@/lib/ids";
import type { Associations, HabitDays, Hours, Report, Risks, Suggestion, Summary, Trends } from "./types";

export const spans = [7, 30, 90, 365];

/** One question to the server. The answer before stays until the next one is there, and nothing is asked behind the reader's back. */
function figures<T>(name: string, path: string) {
  return {
    queryKey: keys.insight(name, path),
    queryFn: ({ signal }: { signal: AbortSignal }) => api.get<T>(path, { signal }),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  };
}

const useFigures = <T>(name: string, path: string) =>
  useQuery<T>({ ...figures<T>(name, path), placeholderData: keepPreviousData as never }) as UseQueryResult<T>;

export const useSummary = (days: number) => useFigures<Summary>("summary", `/insights/summary?days=${days}`);
export const useTrends = (days: number) => useFigures<Trends>("trends", `/insights/trends?days=${days}`);
export const useHours = (days: number) => useFigures<Hours>("hours", `/insights/hours?days=${days}`);
export const useRisks = () => useFigures<Risks>("risks", "/insights/risks");
export const useAssociations = () => useFigures<Associations>("associations", "/insights/associations");

export const habitDays = (id: string, days: number) =>
  figures<HabitDays>("habit", `/insights/habits/${id}/days?days=${days}`);

export const useReport = (kind: Report["kind"], day: string | null) =>
  useQuery(figures<Report>(kind, `/reports/${kind}${day ? `?day=${day}` : ""}`));

/** Ask what the page shows first. Answers that are fresh are not asked for again. */
export function askAhead(days: number): void {
  void queryClient.prefetchQuery(figures<Summary>("summary", `/insights/summary?days=${days}`));
  void queryClient.prefetchQuery(figures<Risks>("risks", "/insights/risks"));
  void queryClient.prefetchQuery(suggestions("open"));
}

const suggestionsKey = (state: "open" | "decided") => keys.insight("suggestions", state);

const suggestions = (state: "open" | "decided") => ({
  ...figures<List<Suggestion>>("suggestions", `/insights/suggestions?state=${state}`),
  queryKey: suggestionsKey(state),
});

export const useSuggestions = (state: "open" | "decided", enabled = true) => useQuery({ ...suggestions(state), enabled });

export type Decision = "apply" | "dismiss" | "undo";

function put(suggestion: Suggestion): void {
  const to = suggestion.state === "open" ? "open" : "decided";
  for (const state of ["open", "decided"] as const)
    queryClient.setQueryData<List<Suggestion>>(suggestionsKey(state), (list) => {
      const others = list?.items.filter(({ id }) => id !== suggestion.id) ?? [];
      return list && { ...list, items: state === to ? [suggestion, ...others] : others };
    });
}

/** What was decided moves at once; a suggestion that no longer fits (409) is asked for again. */
export function useDecide() {
  return useMutation({
    mutationFn: ({ id, decision }: { id: string; decision: Decision }) =>
      api.post<Suggestion>(`/insights/suggestions/${id}/${decision}`, {}, { operation: newId() }),
    onSuccess(suggestion, { decision }) {
      put(suggestion);
      if (decision !== "dismiss")
        for (const queryKey of [keys.todays, keys.habits, keys.reminders]) void queryClient.invalidateQueries({ queryKey });
    },
    onError(error) {
      if (error instanceof Problem) void queryClient.invalidateQueries({ queryKey: keys.insight("suggestions") });
    },
  });
}
