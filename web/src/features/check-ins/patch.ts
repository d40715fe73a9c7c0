// Writes a new fact about one day of one habit into every cached screen, touching nothing else.
import type { QueryKey } from "@tanstack/react-query";
import { keys } from "@/api/keys";
import type { Day, Grid, Habit, History, List, Stats, Today, TodayItem } from "@/api/types";
import { askAnew, overtake, queryClient } from "@/lib/queryClient";
import { moved } from "./overlay";

export type Result = { habitId: string; day: Partial<Day> & { date: string }; stats: Stats };

const merge = (days: Day[], day: Result["day"]): Day[] =>
  days.map((each) => (each.date === day.date ? { ...each, ...day } : each));

function patchItem(item: TodayItem, { day, stats }: Result): TodayItem {
  return item.date === day.date ? { ...moved(item, { ...item, ...day }), stats } : { ...item, stats };
}

function patchToday(today: Today, result: Result): Today {
  const { habitId, day } = result;
  const answered = day.date === today.yesterday.date && day.state !== "missed" && day.state !== "partial";
  return {
    ...today,
    items: today.items.map((item) => (item.habit_id === habitId ? patchItem(item, result) : item)),
    yesterday: answered
      ? { ...today.yesterday, open: today.yesterday.open.filter((each) => each.habit_id !== habitId) }
      : today.yesterday,
  };
}

/** A day elsewhere in a quota's period moves today's count, and a reopened day moves the strip: ask the server. */
function needsAnswer(today: Today, { habitId, day }: Result): boolean {
  if (today.date === day.date) return false;
  const period = today.items.find((item) => item.habit_id === habitId)?.period;
  const inPeriod = !!period && period.from <= day.date && day.date <= period.to;
  return inPeriod || (day.date === today.yesterday.date && day.state === "missed");
}

/** Whatever shows check-ins. */
export const everyScreen: QueryKey[] = [keys.todays, keys.habits, keys.grids, keys.histories, ["day"]];

export function applyResult(result: Result): void {
  const { habitId, day, stats } = result;
  for (const [key, today] of queryClient.getQueriesData<Today>({ queryKey: keys.todays })) {
    if (!today) continue;
    queryClient.setQueryData(key, patchToday(today, result));
    if (needsAnswer(today, result)) void queryClient.invalidateQueries({ queryKey: key });
  }
  queryClient.setQueriesData<List<Habit>>({ queryKey: [...keys.habits, "list"] }, (list) => {
    return list && { ...list, items: list.items.map((each) => (each.id === habitId ? { ...each, stats } : each)) };
  });
  queryClient.setQueryData<Habit>(keys.habit(habitId), (habit) => habit && { ...habit, stats });
  queryClient.setQueriesData<Grid>({ queryKey: keys.grids }, (grid) => {
    if (!grid) return grid;
    const items = grid.items.map((row) =>
      row.habit_id === habitId ? { ...row, days: merge(row.days, day) } : row,
    );
    return { ...grid, items };
  });
  queryClient.setQueryData<History>(keys.history(habitId), (history) => {
    return history && { ...history, days: merge(history.days, day) as History["days"] };
  });
  queryClient.setQueryData<Day>(keys.day(habitId, day.date), (known) => known && { ...known, ...day });
  // Strengths and runs after that day changed too; only the page that shows them asks again.
  void queryClient.invalidateQueries({ queryKey: keys.history(habitId) });
  void queryClient.invalidateQueries({ queryKey: keys.notes(habitId) });
  everyScreen.forEach(overtake);
}

/** Everything about check-ins is asked for anew: after a refusal, or when two devices crossed. */
export const askAgain = (): void => everyScreen.forEach(askAnew);
