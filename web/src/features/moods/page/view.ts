// What the Mood page shows lives in its address: the year of the pixels and the days of the figures.
import { useSearchParams } from "wouter";
import { habitDayNow } from "@/api/session";
import { spans } from "../queries";

const USUAL = 90;
const FIRST_YEAR = 2000;

export function useMoodView() {
  const [search, setSearch] = useSearchParams();
  const thisYear = Number(habitDayNow().slice(0, 4));
  const asked = Number(search.get("year"));
  const year = Number.isInteger(asked) && asked >= FIRST_YEAR && asked <= thisYear ? asked : thisYear;
  const days = spans.includes(Number(search.get("days"))) ? Number(search.get("days")) : USUAL;

  const put = (name: string, value: number, usual: number) =>
    setSearch(
      (current) => {
        const next = new URLSearchParams(current);
        if (value === usual) next.delete(name);
        else next.set(name, String(value));
        return next;
      },
      { replace: true },
    );
  return {
    year,
    thisYear,
    days,
    setYear: (next: number) => put("year", next, thisYear),
    setDays: (next: number) => put("days", next, USUAL),
  };
}

export type MoodView = ReturnType<typeof useMoodView>;
