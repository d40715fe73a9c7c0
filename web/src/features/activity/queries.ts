import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { List } from "@/api/types";
import { queryClient } from "@/lib/queryClient";
import type { Count, NewEvent, NewRule, Page, Preview, Queued, Refused, Rule } from "./types";

const LOOK_MS = 30_000;
const SOON_MS = 3_000;
const HOUR_MS = 3_600_000;
/** A page. After a gap as many are read again, so that nothing older than the first page looks new. */
const AT_ONCE = 50;

const keys = {
  events: (query: string) => ["activity", "events", query] as const,
  allCounts: ["activity", "counts"] as const,
  counts: (everybodys: boolean) => ["activity", "counts", everybodys] as const,
  refused: ["activity", "refused"] as const,
  rules: ["activity", "rules"] as const,
  preview: (rule: string) => ["activity", "preview", rule] as const,
};

const pathOf = (query: string, limit: number, cursor?: string | null) => {
  const asked = new URLSearchParams(query);
  asked.set("limit", String(limit));
  if (cursor) asked.set("cursor", cursor);
  return `/events?${asked}`;
};

/** What is new comes by itself or after a gap, so nothing here is asked for twice. */
export const useEvents = (query: string) =>
  useInfiniteQuery({
    queryKey: keys.events(query),
    queryFn: ({ pageParam, signal }) => api.get<Page>(pathOf(query, AT_ONCE, pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    staleTime: 0,
    gcTime: 0,
  });

/** The types in the list, which goes back further than a day. */
export function useListedTypes(query: string): string[] {
  const { data } = useEvents(query);
  return data?.pages.flatMap(({ items }) => items.map(({ event_type }) => event_type)) ?? [];
}

export const newestEvents = (query: string): Promise<Page> => api.get<Page>(pathOf(query, AT_ONCE));

export const useSend = () => useMutation({ mutationFn: (event: NewEvent) => api.post<Queued>("/events/track", event) });

/** The hour that runs and the 23 before it. */
export const useLastDay = (everybodys: boolean) =>
  useQuery({
    queryKey: keys.counts(everybodys),
    async queryFn({ signal }) {
      const now = Date.now();
      const from = new Date(Math.floor(now / HOUR_MS) * HOUR_MS - 23 * HOUR_MS).toISOString();
      const asked = new URLSearchParams({ from, to: new Date(now + HOUR_MS).toISOString(), account: everybodys ? "all" : "me" });
      return (await api.get<List<Count>>(`/events/counts?${asked}`, { signal })).items;
    },
    refetchInterval: LOOK_MS,
    staleTime: 0,
  });

/** What is sent here, for fields that ask for a type. */
export function useKnownTypes(everybodys = false): string[] {
  const { data = [] } = useLastDay(everybodys);
  const { data: rules } = useRules();
  const types = [...data, ...(rules?.items ?? [])].map(({ event_type }) => event_type);
  return [...new Set(types)].toSorted();
}

export const exportEvents = (query: string, format: "csv" | "ndjson"): Promise<Blob> =>
  api.file(`/events/export?${new URLSearchParams([["format", format], ...new URLSearchParams(query)])}`);

export const useRefused = () =>
  useQuery({
    queryKey: keys.refused,
    queryFn: ({ signal }) => api.get<{ items: Refused[]; total: number }>("/events/refused", { signal }),
    refetchInterval: LOOK_MS,
    staleTime: 0,
  });

/** Does not wait for the new list: with it the row that asked is gone, and what it still had to say with it. */
const lookAtRefused = () => void queryClient.invalidateQueries({ queryKey: keys.refused });

export const useRetryRefused = () =>
  useMutation({ mutationFn: (id: string) => api.post<{ status: string }>(`/events/refused/${id}/retry`), onSuccess: lookAtRefused });

export const useDropRefused = () =>
  useMutation({ mutationFn: (id: string) => api.delete(`/events/refused/${id}`), onSettled: lookAtRefused });

export const useRules = () =>
  useQuery({
    queryKey: keys.rules,
    queryFn: ({ signal }) => api.get<List<Rule>>("/events/rules", { signal }),
    refetchInterval: LOOK_MS,
    staleTime: 0,
  });

const lookAtRules = () => queryClient.invalidateQueries({ queryKey: keys.rules });

export const useSaveRule = (id: string | null) =>
  useMutation({
    mutationFn: (rule: NewRule) => (id ? api.patch<Rule>(`/events/rules/${id}`, rule) : api.post<Rule>("/events/rules", rule)),
    onSuccess: lookAtRules,
  });

export const useSwitchRule = (id: string) =>
  useMutation({ mutationFn: (enabled: boolean) => api.patch<Rule>(`/events/rules/${id}`, { enabled }), onSuccess: lookAtRules });

export const useDeleteRule = (id: string) =>
  useMutation({ mutationFn: () => api.delete(`/events/rules/${id}`), onSettled: () => void lookAtRules() });

let soon: ReturnType<typeof setTimeout> | undefined;

/** Events came: their counts and what rules made of them are asked for again, all at once. */
export function lookSoon(): void {
  soon ??= setTimeout(() => {
    soon = undefined;
    void queryClient.invalidateQueries({ queryKey: keys.allCounts });
    void lookAtRules();
  }, SOON_MS);
}

/** Asks only for a rule that is complete; `rule` is its body. */
export const usePreview = (rule: string | null) =>
  useQuery({
    queryKey: keys.preview(rule ?? ""),
    queryFn: ({ signal }) => api.post<Preview>("/events/rules/preview", JSON.parse(rule!), { signal }),
    placeholderData: keepPreviousData,
    enabled: rule !== null,
    staleTime: 0,
    gcTime: 0,
  });

