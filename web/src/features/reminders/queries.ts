import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { List } from "@/api/types";
import { queryClient } from "@/lib/queryClient";
import type { HabitReminders, NudgeWish, Reminder, ReminderSettings } from "./types";

const AT_ONCE = 50;

export const useReminderSettings = () =>
  useQuery({
    queryKey: keys.reminderSettings,
    queryFn: ({ signal }) => api.get<ReminderSettings>("/reminders/settings", { signal }),
    staleTime: 0,
  });

export const useChangeReminderSettings = () =>
  useMutation({
    mutationFn: (settings: ReminderSettings) => api.put<ReminderSettings>("/reminders/settings", settings),
    onSuccess(settings) {
      queryClient.setQueryData(keys.reminderSettings, settings);
      void queryClient.invalidateQueries({ queryKey: keys.reminders });
    },
  });

export const useHabitReminders = (habitId: string) =>
  useQuery({
    queryKey: keys.habitReminders(habitId),
    queryFn: ({ signal }) => api.get<HabitReminders>(`/reminders/habits/${habitId}`, { signal }),
    staleTime: 0,
  });

const lookAt = (habitId: string) => queryClient.invalidateQueries({ queryKey: keys.habitReminders(habitId) });

export const useChooseNudge = () =>
  useMutation({
    mutationFn: ({ habitId, wish }: { habitId: string; wish: NudgeWish }) => api.put<HabitReminders>(`/reminders/habits/${habitId}/nudge`, wish),
    onSuccess: (_, { habitId }) => lookAt(habitId),
  });

/** `undo` goes back to the chosen time; `resume` asks again after a rest. */
export const useNudgeAction = (habitId: string) =>
  useMutation({
    mutationFn: (action: "undo" | "resume") => api.post<HabitReminders>(`/reminders/habits/${habitId}/nudge/${action}`),
    onSuccess: () => lookAt(habitId),
  });

/** Times at which nothing was said, the newest first. */
export const useSkippedReminders = (enabled: boolean) =>
  useInfiniteQuery({
    queryKey: keys.skippedReminders,
    queryFn({ pageParam, signal }) {
      const asked = new URLSearchParams({ state: "skipped", limit: String(AT_ONCE), ...(pageParam && { cursor: pageParam }) });
      return api.get<List<Reminder>>(`/reminders?${asked}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    enabled,
    staleTime: 0,
  });
