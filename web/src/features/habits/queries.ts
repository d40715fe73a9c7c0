import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { CheckIn, Grid, Habit, HabitInput, History, List, NewHabit, Pause } from "@/api/types";
import { newId } from "@/lib/ids";
import { queryClient } from "@/lib/queryClient";

export function useHabits(archived: boolean, enabled = true) {
  return useQuery({
    queryKey: keys.habitList(archived),
    queryFn: ({ signal }) => api.get<List<Habit>>(`/habits?archived=${archived}`, { signal }),
    enabled,
  });
}

export function useGrid(days: number) {
  return useQuery({
    queryKey: keys.grid(days),
    queryFn: ({ signal }) => api.get<Grid>(`/habits/grid?days=${days}`, { signal }),
  });
}

function fromList(id: string): Habit | undefined {
  const lists = queryClient.getQueriesData<List<Habit>>({ queryKey: [...keys.habits, "list"] });
  return lists.flatMap(([, list]) => list?.items ?? []).find((habit) => habit.id === id);
}

export function useHabit(id: string) {
  return useQuery({
    queryKey: keys.habit(id),
    queryFn: ({ signal }) => api.get<Habit>(`/habits/${id}`, { signal }),
    placeholderData: () => fromList(id),
  });
}

export function useHistory(id: string) {
  return useQuery({
    queryKey: keys.history(id),
    queryFn: ({ signal }) => api.get<History>(`/habits/${id}/history`, { signal }),
  });
}

export function useNotes(id: string) {
  return useQuery({
    queryKey: keys.notes(id),
    queryFn: ({ signal }) => api.get<List<CheckIn>>(`/habits/${id}/check-ins?with_note=true`, { signal }),
  });
}

/** A habit changed in a way that may touch any figure of it. */
function habitChanged(): Promise<unknown> {
  return Promise.all(
    [keys.todays, keys.habits, keys.grids, keys.histories].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
  );
}

export function useCreateHabit() {
  return useMutation({
    mutationFn: (habit: NewHabit) => api.post<Habit>("/habits", habit, { operation: newId() }),
    onSuccess: habitChanged,
  });
}

export function useChangeHabit(id: string) {
  return useMutation({
    mutationFn: (change: HabitInput) => api.patch<Habit>(`/habits/${id}`, change),
    onSuccess: habitChanged,
  });
}

export function useDeleteHabit(id: string) {
  return useMutation({
    mutationFn: () => api.delete(`/habits/${id}`),
    onSuccess() {
      queryClient.removeQueries({ queryKey: keys.habit(id) });
      queryClient.removeQueries({ queryKey: keys.history(id) });
      return Promise.all([keys.todays, keys.grids, [...keys.habits, "list"]].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
  });
}

export function useReorder() {
  return useMutation({
    mutationFn: (ids: string[]) => api.put<void>("/habits/order", { ids }),
    onMutate(ids) {
      queryClient.setQueryData<List<Habit>>(keys.habitList(false), (list) => {
        const byId = new Map(list?.items.map((habit) => [habit.id, habit]));
        return list && { ...list, items: ids.map((id) => byId.get(id)!).filter(Boolean) };
      });
    },
    onSettled: () => Promise.all([keys.todays, keys.habits].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });
}

export function usePauses(id: string) {
  const add = useMutation({
    mutationFn: (pause: { from: string; to: string }) => api.post<Pause>(`/habits/${id}/pauses`, pause),
    onSuccess: habitChanged,
  });
  const remove = useMutation({
    mutationFn: (pauseId: string) => api.delete(`/habits/${id}/pauses/${pauseId}`),
    onSuccess: habitChanged,
  });
  return { add, remove };
}
