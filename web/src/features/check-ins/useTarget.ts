// A day as the user sees it: the server's word with what still waits in this browser on top.
import { useMemo } from "react";
import type { Day } from "@/api/types";
import { outbox, waitingFor } from "@/features/outbox/outbox";
import { useStore } from "@/lib/store";
import type { Target } from "./actions";
import { overlay } from "./overlay";
import type { Subject } from "./subject";

export function useTarget(habit: Subject, day: Day, today: string): { target: Target; waiting: boolean } {
  const operations = useStore(outbox, waitingFor(habit.id, day.date));
  return useMemo(
    () => ({ target: { habit, today, day: overlay(day, habit, operations, today) }, waiting: operations.length > 0 }),
    [habit, day, today, operations],
  );
}
