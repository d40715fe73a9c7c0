// A mood on its way to the server.
import type { Mood } from "@/api/types";
import type { IsoDate } from "@/lib/days";

/** What a user says about how they feel. */
export type Said = { score: number; note: string | null; tags: string[]; at: string; timezone: string };

export type Correction = Partial<Pick<Mood, "score" | "note" | "tags" | "at">>;

export type MoodChange =
  /** `asked` when the tap answered the question itself; then the first answer counts and a second one is not kept. */
  | { kind: "record"; said: Said; promptId: string | null; asked: boolean }
  | { kind: "correct"; fields: Correction }
  | { kind: "remove"; score: number };

export type MoodOperation = {
  /** Also Idempotency-Key and X-Request-ID. Sorts by time. */
  id: string;
  account: string;
  moodId: string;
  date: IsoDate;
  change: MoodChange;
  /** It left for the server at least once, so it may have arrived even if no answer came back. */
  sent?: boolean;
};
