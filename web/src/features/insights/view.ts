// How many days the figures cover lives in the address.
import { useSearchParams } from "wouter";
import { spans } from "./queries";

const USUAL = 30;

export function daysIn(search: URLSearchParams): number {
  const asked = Number(search.get("days"));
  return spans.includes(asked) ? asked : USUAL;
}

export function useInsightsView() {
  const [search, setSearch] = useSearchParams();
  const days = daysIn(search);
  const setDays = (next: number) =>
    setSearch(
      (current) => {
        const changed = new URLSearchParams(current);
        if (next === USUAL) changed.delete("days");
        else changed.set("days", String(next));
        return changed;
      },
      { replace: true },
    );
  return { days, setDays };
}
