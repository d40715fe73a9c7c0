// The one cache of what the server said. The socket keeps it fresh, so nothing is refetched just because time passed.
import { notifyManager, QueryClient } from "@tanstack/react-query";

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
