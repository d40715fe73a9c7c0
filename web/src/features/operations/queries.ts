import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { List } from "@/api/types";
import { queryClient } from "@/lib/queryClient";
import type { Operations, Retried, SetAside, SetAsideItem } from "./types";

const LOOK_MS = 2_500;

const keys = {
  all: ["operations"] as const,
  now: ["operations", "now"] as const,
  /** Another count is another list: what was settled elsewhere goes from the page. */
  list: (limit: number, count: number) => ["operations", "set-aside", limit, count] as const,
  item: (id: string) => ["operations", "item", id] as const,
};

const lookAgain = () => queryClient.invalidateQueries({ queryKey: keys.all });

/** Looks again and again while somebody can see it. */
export const useOperations = () =>
  useQuery({
    queryKey: keys.now,
    queryFn: ({ signal }) => api.get<Operations>("/operations", { signal }),
    refetchInterval: LOOK_MS,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export const useSetAside = (limit: number, count: number) =>
  useQuery({
    queryKey: keys.list(limit, count),
    queryFn: ({ signal }) => api.get<List<SetAside>>(`/operations/quarantine?limit=${limit}`, { signal }),
    refetchInterval: count > 0 ? LOOK_MS * 2 : false,
    placeholderData: (before) => before,
    staleTime: 0,
    gcTime: 0,
  });

export const useSetAsideItem = (id: string) =>
  useQuery({
    queryKey: keys.item(id),
    queryFn: ({ signal }) => api.get<SetAsideItem>(`/operations/quarantine/${id}`, { signal }),
    staleTime: 0,
    gcTime: 0,
  });

const retry = (id: string) => api.post<Retried>(`/operations/quarantine/${id}/retry`);

export const useRetry = () => useMutation({ mutationFn: retry, onSettled: lookAgain });

/** One after the other, the oldest first: what happened first is handled first. Tells how many were handled. */
export function useRetryAll() {
  return useMutation({
    async mutationFn(ids: string[]) {
      let handled = 0;
      for (const id of ids.toReversed()) if ((await retry(id)).handled) handled += 1;
      return handled;
    },
    onSettled: lookAgain,
  });
}

export const useDrop = () =>
  useMutation({ mutationFn: (id: string) => api.delete(`/operations/quarantine/${id}`), onSettled: lookAgain });
