// The last answers for Today, the habits, the goals and the faces, kept in this browser so that it opens offline.
import type { Query, QueryKey } from "@tanstack/react-query";
import { keys } from "@/api/keys";
import { session } from "@/api/session";
import { database } from "@/lib/database";
import { queryClient } from "@/lib/queryClient";

type Kept = { account: string; key: QueryKey; data: unknown; at: number };

const keptKeys = [keys.today(null), keys.habitList(false), keys.goalList(false), keys.moodSettings];
const nameOf = (key: QueryKey) => JSON.stringify(key);
const kept = new Set(keptKeys.map(nameOf));

const WRITE_AFTER_MS = 300;

export async function restoreAnswers(account: string): Promise<void> {
  const stored = (await (await database()).getAll("answers")) as Kept[];
  for (const { account: owner, key, data, at } of stored)
    if (owner === account) queryClient.setQueryData(key, data, { updatedAt: at });
  // Shown at once, believed never: the server is asked as soon as it can be.
  for (const queryKey of keptKeys) void queryClient.invalidateQueries({ queryKey, refetchType: "none" });
}

async function write({ queryKey, state }: Query): Promise<void> {
  const { user } = session.get();
  if (!user || state.data === undefined) return;
  const answer: Kept = { account: user.id, key: queryKey, data: state.data, at: state.dataUpdatedAt };
  await (await database()).put("answers", answer, nameOf(queryKey));
}

export function keepAnswers(): void {
  const timers = new Map<string, number>();
  queryClient.getQueryCache().subscribe(({ type, query }) => {
    const name = nameOf(query.queryKey);
    if (type !== "updated" || !kept.has(name) || query.state.status !== "success") return;
    clearTimeout(timers.get(name));
    timers.set(name, window.setTimeout(() => void write(query), WRITE_AFTER_MS));
  });
}

export async function wipeAnswers(): Promise<void> {
  await (await database()).clear("answers");
}
