import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { Habit, List } from "@/api/types";
import { useHabits } from "@/features/habits/queries";
import { queryClient } from "@/lib/queryClient";
import type { Entry, Goal, GoalChange, GoalHistory, GoalInput, Link, NewEntry } from "./types";

/** Goals that are not archived, or those that are. */
export function useGoals(archived: boolean, enabled = true) {
  return useQuery({
    queryKey: keys.goalList(archived),
    queryFn: ({ signal }) => api.get<List<Goal>>(`/goals?state=${archived ? "archived" : "open"}`, { signal }),
    enabled,
  });
}

function fromList(id: string): Goal | undefined {
  const lists = queryClient.getQueriesData<List<Goal>>({ queryKey: [...keys.goals, "list"] });
  return lists.flatMap(([, list]) => list?.items ?? []).find((goal) => goal.id === id);
}

export function useGoal(id: string) {
  return useQuery({
    queryKey: keys.goal(id),
    queryFn: ({ signal }) => api.get<Goal>(`/goals/${id}`, { signal }),
    placeholderData: () => fromList(id),
  });
}

export function useGoalHistory(id: string) {
  return useQuery({
    queryKey: keys.goalHistory(id),
    queryFn: ({ signal }) => api.get<GoalHistory>(`/goals/${id}/history`, { signal }),
  });
}

export function useEntries(id: string) {
  return useQuery({
    queryKey: keys.goalEntries(id),
    queryFn: ({ signal }) => api.get<List<Entry>>(`/goals/${id}/entries?limit=1000`, { signal }),
  });
}

/** The habits behind links by their id; archived ones are asked for only when one of them counts. */
export function useLinkedHabits(links: Link[]): Map<string, Habit> {
  const open = useHabits(false).data?.items;
  const known = new Set(open?.map(({ id }) => id));
  const archived = useHabits(true, !!open && links.some(({ habit_id }) => !known.has(habit_id))).data?.items;
  return new Map([...(open ?? []), ...(archived ?? [])].map((habit) => [habit.id, habit]));
}

// Offline a change fails at once: one that waits would be made later, long after its sheet was closed to call it off.
// Entries do wait: their form stays open and says so.
const networkMode = "always";

const goalsChanged = () => queryClient.invalidateQueries({ queryKey: keys.goals });

/** The answer is the goal as it is now: it shows before anything is asked again. */
function goalChanged(goal: Goal): Promise<void> {
  queryClient.setQueryData(keys.goal(goal.id), goal);
  return goalsChanged();
}

/** What is sent again under the same operation is done once. */
type Operation = { operation: string };

export function useCreateGoal() {
  return useMutation({
    networkMode,
    mutationFn: ({ goal, operation }: Operation & { goal: GoalInput }) => api.post<Goal>("/goals", goal, { operation }),
    onSuccess: goalChanged,
  });
}

export function useChangeGoal(id: string) {
  return useMutation({
    networkMode,
    mutationFn: (change: GoalChange) => api.patch<Goal>(`/goals/${id}`, change),
    onSuccess: goalChanged,
  });
}

export type Step = "complete" | "archive" | "reopen";

export function useStepGoal(id: string) {
  return useMutation({ networkMode, mutationFn: (step: Step) => api.post<Goal>(`/goals/${id}/${step}`), onSuccess: goalChanged });
}

export function useDeleteGoal(id: string) {
  return useMutation({
    networkMode,
    mutationFn: () => api.delete(`/goals/${id}`),
    onSuccess() {
      for (const key of [keys.goal(id), keys.goalHistory(id), keys.goalEntries(id)]) queryClient.removeQueries({ queryKey: key });
      return queryClient.invalidateQueries({ queryKey: [...keys.goals, "list"] });
    },
  });
}

export function useAddEntry(goalId: string) {
  return useMutation({
    mutationFn: ({ entry, operation }: Operation & { entry: NewEntry }) =>
      api.post<Entry>(`/goals/${goalId}/entries`, entry, { operation }),
    onSuccess: goalsChanged,
  });
}

export function useRemoveEntry(goalId: string) {
  return useMutation({
    mutationFn: (entryId: string) => api.delete(`/goals/${goalId}/entries/${entryId}`),
    onSuccess: goalsChanged,
  });
}
