// The questions Daybeat asks: which one is open, when it asks, and how that stands.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { List, Prompt, PromptSettings, PromptWishes } from "@/api/types";
import { newId } from "@/lib/ids";
import { queryClient } from "@/lib/queryClient";

const isOpen = ({ state }: Prompt) => state === "open" || state === "followed_up";
const secondsLeft = ({ expires_at }: Prompt) => (expires_at ? Date.parse(expires_at) - Date.now() : Infinity);

const openIn = (list: List<Prompt> | undefined): Prompt | null =>
  list?.items.find((prompt) => isOpen(prompt) && secondsLeft(prompt) > 0) ?? null;

/** The question that waits for an answer, as far as this page has heard. */
export const openPrompt = (): Prompt | null => openIn(queryClient.getQueryData<List<Prompt>>(keys.prompts));

/** What became of a question, before the server is asked about all of them again. */
export function promptIsOver(id: string, state: "answered" | "expired"): void {
  queryClient.setQueryData<List<Prompt>>(keys.prompts, (list) => {
    return list && { ...list, items: list.items.map((each) => (each.id === id ? { ...each, state } : each)) };
  });
}

export function usePrompts() {
  return useQuery({
    queryKey: keys.prompts,
    queryFn: ({ signal }) => api.get<List<Prompt>>("/mood-prompts?limit=20", { signal }),
  });
}

/** Renders anew when its time is over, so that a question does not outlive itself on a page that lost the network. */
export function useOpenPrompt(): Prompt | null {
  const { data } = usePrompts();
  const [, expire] = useState(0);
  const prompt = openIn(data);
  useEffect(() => {
    if (!prompt) return;
    const timer = setTimeout(() => expire((count) => count + 1), Math.min(secondsLeft(prompt), 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [prompt]);
  return prompt;
}

export function usePromptSettings() {
  return useQuery({
    queryKey: keys.promptSettings,
    queryFn: ({ signal }) => api.get<PromptSettings>("/mood-prompts/settings", { signal }),
  });
}

const keep = (settings: PromptSettings) => {
  queryClient.setQueryData(keys.promptSettings, settings);
  void queryClient.invalidateQueries({ queryKey: keys.prompts });
};

export const wishesOf = (settings: PromptSettings): PromptWishes => ({
  enabled: settings.enabled,
  ...(settings.times.length > 0 ? { times: settings.times } : { every: settings.every }),
  quiet_hours: settings.quiet_hours,
  follow_up_after: settings.follow_up_after,
  max_follow_ups: settings.max_follow_ups,
  channels: settings.channels as PromptWishes["channels"],
  paused_until: settings.paused_until,
});

export const useChoosePrompts = () =>
  useMutation({
    mutationFn: (wishes: PromptWishes) => api.put<PromptSettings>("/mood-prompts/settings", wishes),
    onSuccess: keep,
  });

export const useResumePrompts = () =>
  useMutation({ mutationFn: () => api.post<PromptSettings>("/mood-prompts/resume"), onSuccess: keep });

export const useAskNow = () =>
  useMutation({
    mutationFn: () => api.post<Prompt>("/mood-prompts", {}, { operation: newId() }),
    onSuccess: () => Promise.all([keys.prompts, keys.promptSettings].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });
