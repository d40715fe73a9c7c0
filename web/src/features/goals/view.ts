// What the Goals page shows lives in its address: which goals, and whether a new one is being written.
import { useSearchParams } from "wouter";

export const filters = ["open", "completed", "archived"] as const;
export type Filter = (typeof filters)[number];

const isFilter = (text: string | null): text is Filter => filters.some((filter) => filter === text);

export function useGoalsView() {
  const [search, setSearch] = useSearchParams();
  const asked = search.get("show");
  const put = (name: string, value: string | null) =>
    setSearch(
      (current) => {
        const next = new URLSearchParams(current);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return {
    show: isFilter(asked) ? asked : ("open" as Filter),
    writing: search.has("new"),
    setShow: (next: Filter) => put("show", next === "open" ? null : next),
    setWriting: (on: boolean) => put("new", on ? "1" : null),
  };
}
