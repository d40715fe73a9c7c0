// One day of one habit, for sheets that open on a day no list has loaded.
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { Day, History } from "@/api/types";
import type { IsoDate } from "@/lib/days";

async function fetchDay(habitId: string, date: IsoDate): Promise<Day> {
  const history = await api.get<History>(`/habits/${habitId}/history?from=${date}&to=${date}`);
  return history.days[0] ?? { date, state: "before", amount: null, count: 0, note: null, due: false };
}

export function useDay(habitId: string, date: IsoDate, known?: Day) {
  return useQuery({
    queryKey: keys.day(habitId, date),
    queryFn: () => fetchDay(habitId, date),
    initialData: known?.date === date ? known : undefined,
    staleTime: 0,
    enabled: known?.date !== date,
  });
}
