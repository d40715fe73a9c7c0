// Everything that can be on its way to the server.
import type { Operation } from "@/features/check-ins/operation";
import type { MoodOperation } from "@/features/moods/operation";

export type Waiting = Operation | MoodOperation;

export const isMood = (waiting: Waiting): waiting is MoodOperation => "moodId" in waiting;
export const isCheckIn = (waiting: Waiting): waiting is Operation => "habitId" in waiting;
