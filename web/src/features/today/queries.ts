import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import type { Today } from "@/api/types";
import type { IsoDate } from "@/lib/days";

/** `null` asks for the user's habit day, whatever that is now. */
export function useToday(date: IsoDate | null) {
  return useQuery({
    queryKey: keys.today(date),
    queryFn: ({ signal }) => api.get<Today>(date ? `/today?date=${date}` : "/today", { signal }),
  });
}
