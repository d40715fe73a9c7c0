// The history as its filter, which lives in the address, asks for it.
import { useSearchParams } from "wouter";
import { useSkippedReminders } from "@/features/reminders/queries";
import { useDeliveries } from "../queries";
import { behind, merged } from "./merge";

export const states = [
  { value: "", label: "Everything" },
  { value: "sent", label: "Sent" },
  { value: "pending", label: "Waiting" },
  { value: "failed", label: "Trying again" },
  { value: "dead", label: "Given up" },
  { value: "dropped", label: "Not sent, on purpose" },
];

export function useFilter() {
  const [search, setSearch] = useSearchParams();
  const change = (name: "channel" | "state", value: string) =>
    setSearch(
      (current) => {
        const next = new URLSearchParams(current);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return { channel: search.get("channel") ?? "", state: search.get("state") ?? "", change };
}

export function useSentAndUnsent({ channel, state }: { channel: string; state: string }) {
  const query = new URLSearchParams({ ...(channel && { channel }), ...(state && { state }) }).toString();
  // What was left unsaid belongs to no channel.
  const withUnsaid = !channel && (state === "" || state === "dropped");
  const sent = useDeliveries(query, true);
  const unsaid = useSkippedReminders(withUnsaid);
  const lists = [
    { items: sent.data?.pages.flatMap(({ items }) => items) ?? [], more: sent.hasNextPage },
    { items: withUnsaid ? (unsaid.data?.pages.flatMap(({ items }) => items) ?? []) : [], more: withUnsaid && unsaid.hasNextPage },
  ] as const;
  const next = behind(...lists);
  return {
    entries: merged(...lists),
    loaded: sent.data !== undefined && (!withUnsaid || unsaid.data !== undefined),
    error: sent.error ?? (withUnsaid ? unsaid.error : null),
    isPaused: sent.isPaused,
    busy: sent.isFetchingNextPage || unsaid.isFetchingNextPage,
    more: next && (() => void (next === "deliveries" ? sent : unsaid).fetchNextPage()),
    again: () => void Promise.all([sent.refetch(), ...(withUnsaid ? [unsaid.refetch()] : [])]),
  };
}
