import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { List } from "@/api/types";
import { queryClient } from "@/lib/queryClient";
import { isSettled } from "./words";
import type {
  Channel,
  ChannelChange,
  ChannelMade,
  Channels,
  Delivery,
  NewChannel,
  TelegramLink,
  TemplateName,
  Templates,
  Words,
} from "./types";

const LOOK_MS = 30_000;
const POLL_MS = 400;
const SLOW_POLL_MS = 3_000;
const UNDER_WAY_MS = 5_000;
/** How often to look whether a chat was linked: somebody waits with a phone in the hand. */
const WAITING_MS = 1_500;
const AT_ONCE = 50;

export const useChannels = ({ waiting = false } = {}) =>
  useQuery({
    queryKey: keys.channels,
    queryFn: ({ signal }) => api.get<Channels>("/notifications/channels", { signal }),
    refetchInterval: waiting ? WAITING_MS : LOOK_MS,
    staleTime: 0,
  });

const lookAtChannels = () => queryClient.invalidateQueries({ queryKey: keys.channels });

export const useAddChannel = () =>
  useMutation({ mutationFn: (channel: NewChannel) => api.post<ChannelMade>("/notifications/channels", channel), onSuccess: lookAtChannels });

export const useChangeChannel = (id: string) =>
  useMutation({
    mutationFn: (change: ChannelChange) => api.patch<Channel>(`/notifications/channels/${id}`, change),
    onSuccess: lookAtChannels,
  });

/** Does not wait for the new list: with it the card that asked is gone, and what it still had to say with it. */
export const useRemoveChannel = (id: string) =>
  useMutation({ mutationFn: () => api.delete(`/notifications/channels/${id}`), onSettled: () => void lookAtChannels() });

export const useTestChannel = (id: string) =>
  useMutation({ mutationFn: () => api.post<Delivery>("/notifications/test", { channel: id }) });

/** Asks until it is known how it ended. */
export const useDelivery = (id: string | undefined) =>
  useQuery({
    queryKey: keys.delivery(id ?? ""),
    async queryFn({ signal }) {
      const delivery = await api.get<Delivery>(`/notifications/deliveries/${id}`, { signal });
      // How it went is how the channel stands.
      if (isSettled(delivery) || delivery.state === "failed") void lookAtChannels();
      return delivery;
    },
    enabled: id !== undefined,
    refetchInterval: ({ state: { data } }) => (!data ? POLL_MS : isSettled(data) ? false : data.state === "failed" ? SLOW_POLL_MS : POLL_MS),
    staleTime: 0,
    gcTime: 0,
  });

export const useTelegramLink = () => useMutation({ mutationFn: () => api.post<TelegramLink>("/notifications/telegram/link") });

/** Pages of a list that is filtered by `query`, the newest first. */
export const useDeliveries = (query: string, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: keys.deliveries(query),
    queryFn({ pageParam, signal }) {
      const asked = new URLSearchParams(query);
      asked.set("limit", String(AT_ONCE));
      if (pageParam) asked.set("cursor", pageParam);
      return api.get<List<Delivery>>(`/notifications/deliveries?${asked}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    enabled,
    // Nobody says when a message was sent, so while one is under way it is looked after.
    refetchInterval: ({ state: { data } }) => (data?.pages.some(({ items }) => !items.every(isSettled)) ? UNDER_WAY_MS : LOOK_MS),
    staleTime: 0,
  });

export const useTemplates = () =>
  useQuery({ queryKey: keys.templates, queryFn: ({ signal }) => api.get<Templates>("/notifications/templates", { signal }) });

const lookAtTemplates = () => queryClient.invalidateQueries({ queryKey: keys.templates });

export const useSaveTemplate = () =>
  useMutation({
    mutationFn: (template: TemplateName & Words) => api.put<unknown>("/notifications/templates", template),
    onSuccess: lookAtTemplates,
  });

export const useResetTemplate = () =>
  useMutation({
    mutationFn({ kind, language, channel }: TemplateName) {
      const which = new URLSearchParams({ kind, language, ...(channel && { channel }) });
      return api.delete(`/notifications/templates?${which}`);
    },
    onSuccess: lookAtTemplates,
  });

/** How a text would read; `template` is its body as JSON. */
export const useTemplatePreview = (template: string) =>
  useQuery({
    queryKey: [...keys.templates, "preview", template],
    queryFn: ({ signal }) => api.post<Words>("/notifications/templates/preview", JSON.parse(template), { signal }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
  });
