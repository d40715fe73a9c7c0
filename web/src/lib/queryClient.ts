// The one cache of what the server said. The socket keeps it fresh, so nothing is refetched just because time passed.
import { notifyManager, type Query, QueryClient, type QueryFilters, type QueryKey } from "@tanstack/react-query";

// An answer and the check-in it settles must reach the screen in the same paint, so news does not wait for a timer.
notifyManager.setScheduler(queueMicrotask);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 15 * 60_000,
      retry: (failures, error) => failures < 2 && "transient" in error && error.transient === true,
      retryDelay: (attempt) => 500 * 2 ** attempt,
    },
  },
});

const onTheirWay = (filters: QueryFilters): Query[] => queryClient.getQueryCache().findAll({ ...filters, fetchStatus: "fetching" });
const failed = () => undefined; // whoever shows it says so

/** An answer on its way may have been read before what just happened, and would take it back: it is asked for again. */
export function overtake(queryKey: QueryKey): void {
  for (const query of onTheirWay({ queryKey })) {
    void query.cancel({ silent: true });
    void query.fetch().catch(failed);
  }
}

/** What stands there is asked for anew. Invalidating leaves a first answer on its way alone: that one may show, and is asked for again. */
export function askAnew(queryKey: QueryKey): void {
  for (const query of onTheirWay({ queryKey, predicate: ({ state }) => state.data === undefined }))
    void query.fetch().then(() => queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true }), failed);
  void queryClient.invalidateQueries({ queryKey });
}
