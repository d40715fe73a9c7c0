// The shapes of channels and what was sent over them, by the names the pages use.

export type Kind = "telegram" | "web_push" | "email" | "ntfy" | "webhook" | "mqtt" | "apprise";
export type Topic = "reminders" | "prompts" | "checks" | "reports";
export type Language = "en" | "de";
export type Address = Record<string, unknown>;

export type Channel = {
  id: string;
  kind: Kind;
  /** Empty when nobody gave it one. */
  name: string;
  /** A short line that its owner knows again. */
  address: string;
  kinds: Topic[];
  language: Language;
  enabled: boolean;
  state: "new" | "ok" | "failing" | "blocked";
  failing_since: string | null;
  last_error: string | null;
  last_sent_at: string | null;
  waiting: number;
  created_at: string;
};

export type Available = { kind: Kind; ready: boolean; how_to: string };

export type Channels = {
  items: Channel[];
  available: Available[];
  /** What a browser needs to subscribe. */
  push_key: string;
  /** The name of the Telegram bot, when there is one. */
  bot: string | null;
};

export type NewChannel = { kind: Kind; name?: string; address: Address; kinds?: Topic[]; language?: Language };
/** The secret of a webhook is told once, here. */
export type ChannelMade = Channel & { secret?: string | null };
export type ChannelChange = Partial<Pick<Channel, "name" | "kinds" | "language" | "enabled"> & { address: Address }>;

export type DeliveryState = "pending" | "sending" | "sent" | "failed" | "dead" | "dropped";

export type Delivery = {
  id: string;
  channel_id: string;
  channel_name: string;
  channel_kind: Kind;
  kind: string;
  title: string;
  body: string;
  state: DeliveryState;
  reason: string | null;
  attempts: number;
  created_at: string;
  /** When it is tried again, where the server says so. */
  next_at?: string | null;
  sent_at: string | null;
};

export type TelegramLink = { code: string; url: string; expires_at: string; qr: string };

/** Which text is meant; `channel` null is the text of all channels that have none of their own. */
export type TemplateName = { kind: string; language: Language; channel: Kind | null };
export type Words = { title: string; body: string };
export type Template = TemplateName & Words & { own: boolean };
export type Templates = { items: Template[]; kinds: { kind: string; variables: string[] }[] };
