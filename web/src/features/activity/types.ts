// The shapes of the Activity page, by the names it uses.

/** What a condition can ask of the metadata. */
export type Scalar = string | number | boolean | null;

export type Event = {
  id: number;
  event_id: string;
  user_id: number;
  event_type: string;
  timestamp: string;
  metadata: Record<string, unknown> | null;
  received_at: string;
  /** Null when it came without a token. */
  account_id: string | null;
};

export type NewEvent = Pick<Event, "event_id" | "user_id" | "event_type" | "timestamp"> & { metadata?: Record<string, unknown> };
export type Queued = { status: string; message: string; event_id: string };

export type Page = { items: Event[]; next_cursor: string | null };
export type Count = { event_type: string; hour: string; n: number };

export type Refused = { id: string; body: string; reason: string; since: string };

export type NewRule = {
  event_type: string;
  metadata: Record<string, Scalar>;
  /** What it checks in or adds to: one of the two. */
  habit_id: string | null;
  goal_id: string | null;
  amount: number | null;
  amount_from: string | null;
};

export type Rule = NewRule & {
  id: string;
  enabled: boolean;
  created_at: string;
  fired: number;
  last_fired_at: string | null;
  last_refusal: string | null;
};

export type Preview = { matched: number; adds_up_to: number; looked_at: number; since: string | null; examples: Event[] };
