import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { Face, List, Mood, MoodSettings, MoodSummary, MoodYear } from "@/api/types";
import type { IsoDate } from "@/lib/days";
import { queryClient } from "@/lib/queryClient";
import { words } from "./overlay";

export const spans = [30, 90, 365];

/** What people see before they chose, and before the server said what they chose. */
export const drawn: Face[] = words.map((label) => ({ face: null, label }));

export function useMoodSettings() {
  return useQuery({
    queryKey: keys.moodSettings,
    queryFn: ({ signal }) => api.get<MoodSettings>("/moods/settings", { signal }),
  });
}

/** The five faces, the lowest first. */
export const useFaces = (): Face[] => useMoodSettings().data?.faces ?? drawn;

export function useMoodDay(date: IsoDate) {
  return useQuery({
    queryKey: keys.moodDay(date),
    queryFn: ({ signal }) => api.get<List<Mood>>(`/moods?from=${date}&to=${date}&limit=1000`, { signal }),
  });
}

export function useMoodYear(year: number) {
  return useQuery({
    queryKey: keys.moodYear(year),
    queryFn: ({ signal }) => api.get<MoodYear>(`/moods/year?year=${year}`, { signal }),
  });
}

export function useMoodSummary(days: number) {
  return useQuery({
    queryKey: keys.moodSummary(days),
    queryFn: ({ signal }) => api.get<MoodSummary>(`/moods/summary?days=${days}`, { signal }),
    placeholderData: (before) => before,
  });
}

export function useChangeMoodSettings() {
  return useMutation({
    mutationFn: (wanted: Partial<MoodSettings>) => api.put<MoodSettings>("/moods/settings", wanted),
    onSuccess: (settings) => queryClient.setQueryData(keys.moodSettings, settings),
  });
}
