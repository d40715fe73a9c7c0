// Figures change while somebody reads them. They are not swapped under the eyes: the page says so, and waits to be asked.
import { keys } from "@/api/keys";
import { queryClient } from "@/lib/queryClient";
import { createStore } from "@/lib/store";

/** Whether something happened since the figures shown were computed. */
export const outdated = createStore(false);

const figures = /^(habits|moods|goals|insights\.habit)\./;

/** Whatever opens from now on asks anew; what is open stays as it is. After "connected" something may have been missed. */
export function figuresMayHaveChanged(type: string): void {
  if (type !== "connected" && !figures.test(type)) return;
  void queryClient.invalidateQueries({ queryKey: keys.insights, refetchType: "none" });
  if (type !== "connected") outdated.set(true);
}

// New figures that do not come leave the old ones on the page: it goes on saying so. Where there are none, the part says so itself.
queryClient.getQueryCache().subscribe((event) => {
  if (event.type !== "updated" || event.action.type !== "error") return;
  const { queryKey, state } = event.query;
  if (queryKey[0] === keys.insights[0] && state.data !== undefined) outdated.set(true);
});

export function showNewFigures(): void {
  outdated.set(false);
  void queryClient.invalidateQueries({ queryKey: keys.insights });
}
