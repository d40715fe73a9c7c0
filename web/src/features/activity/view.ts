// Which events are shown lives in the address of the page: their type, their user, and between which times.
import { useSearchParams } from "wouter";
import { session } from "@/api/session";
import { useStore } from "@/lib/store";
import { instantOf } from "./time";
import type { Event } from "./types";

const names = ["type", "user", "from", "to", "account"] as const;
type Name = (typeof names)[number];
export type Filter = Record<Name, string>;

export const useZone = (): string => useStore(session, ({ user }) => user?.timezone ?? "UTC");
export const useIsAdmin = (): boolean => useStore(session, ({ user }) => user?.is_admin ?? false);

/** The filter as the API takes it. What is not complete yet asks for nothing; admins begin with their own events too. */
export function queryOf({ type, user, from, to, account }: Filter, zone: string, isAdmin: boolean): string {
  const query = new URLSearchParams();
  if (type) query.set("event_type", type);
  if (/^-?\d{1,15}$/.test(user)) query.set("user_id", user);
  const first = instantOf(from, zone);
  const last = instantOf(to, zone);
  if (first) query.set("from", first);
  if (last) query.set("to", last);
  if (isAdmin) query.set("account", account === "all" ? "all" : "me");
  return query.toString();
}

export const isEverybodys = (query: string): boolean => new URLSearchParams(query).get("account") === "all";

/** The same filter for events that arrive by themselves; those are one's own anyway. */
export function fitting(query: string): (event: Event) => boolean {
  const asked = new URLSearchParams(query);
  const type = asked.get("event_type");
  const user = asked.get("user_id");
  const from = Date.parse(asked.get("from") ?? "");
  const to = Date.parse(asked.get("to") ?? "");
  return ({ event_type, user_id, timestamp }) => {
    const at = Date.parse(timestamp);
    return (!type || type === event_type) && (!user || Number(user) === user_id) && !(at < from) && !(at >= to);
  };
}

export function useActivityView() {
  const [search, setSearch] = useSearchParams();
  const zone = useZone();
  const isAdmin = useIsAdmin();
  const filter = Object.fromEntries(names.map((name) => [name, search.get(name) ?? ""])) as Filter;
  const change = (part: Partial<Filter>) =>
    setSearch(
      (current) => {
        const next = new URLSearchParams(current);
        for (const [name, value] of Object.entries(part)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  return {
    filter,
    query: queryOf(filter, zone, isAdmin),
    narrowed: names.some((name) => name !== "account" && filter[name] !== ""),
    change,
    clear: () => change({ type: "", user: "", from: "", to: "" }),
  };
}

export type ActivityView = ReturnType<typeof useActivityView>;
