// From a push to what is shown, and from a tap on it to what is asked of the server. Pure, so that it can be tested;
// everything that came from outside stays plain text, and only this Daybeat is ever asked or opened.

type Action = { name: string; label: string; url: string; form: string };
export type Payload = { title: string; body: string; link: string; tag: string; lang: string; actions: Action[] };

/** What a shown notification remembers for the moment it is tapped. */
export type Kept = { link: string; actions: Record<string, { url: string; form: string }> };
export type Notice = { title: string; options: NotificationOptions & { data: Kept; actions: { action: string; title: string }[] } };

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const isAction = (value: unknown): value is Action =>
  typeof value === "object" && value !== null && ["name", "label", "url", "form"].every((field) => field in value && typeof value[field as keyof typeof value] === "string");

/** Reads a push. Something has to be shown for every push, so what cannot be read becomes a hint to look. */
export function read(raw: string | undefined): Payload {
  let said: Record<string, unknown> = {};
  try {
    said = Object(JSON.parse(raw ?? "null"));
  } catch {
    // Shown as a hint below.
  }
  const actions = Array.isArray(said.actions) ? said.actions.filter(isAction) : [];
  const title = text(said.title);
  return {
    title: title || "Daybeat",
    body: title ? text(said.body) : "Something waits for you.",
    link: text(said.link),
    tag: text(said.tag),
    lang: text(said.lang),
    actions,
  };
}

const isMood = ({ name }: Action) => name.startsWith("score:");

/** Browsers cut off buttons they have no room for. Of moods the better half would be missing, so it is all or none. */
const fitting = (actions: Action[], room: number): Action[] =>
  actions.length > room && actions.some(isMood) ? [] : actions.slice(0, room);

/** `room` is how many buttons this browser shows. */
export function noticeOf({ title, body, link, tag, lang, actions }: Payload, room = Number.POSITIVE_INFINITY): Notice {
  return {
    title,
    options: {
      body,
      ...(tag && { tag }),
      ...(lang && { lang }),
      dir: "auto",
      icon: "/icons/icon-192.png",
      actions: fitting(actions, room).map(({ name, label }) => ({ action: name, title: label })),
      data: { link, actions: Object.fromEntries(actions.map(({ name, url, form }) => [name, { url, form }])) },
    },
  };
}

/** The same place on this Daybeat, whatever name the server knows itself by. Null for what is no web address. */
function here(url: string, origin: string): URL | null {
  try {
    const { protocol, pathname, search } = new URL(url, origin);
    return protocol === "https:" || protocol === "http:" ? new URL(pathname.replace(/^\/+/, "/") + search, origin) : null;
  } catch {
    return null;
  }
}

/** What a tapped button asks; null when the notification itself was tapped. */
export function requestOf(action: string, kept: Kept, origin: string): { url: string; init: RequestInit } | null {
  if (!action || !Object.hasOwn(kept.actions, action)) return null;
  const { url, form } = kept.actions[action]!;
  const target = here(url, origin);
  if (!target) return null;
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return { url: target.href, init: { method: "POST", headers, body: form, credentials: "omit" } };
}

/** The page a tap leads to. */
export const pageOf = (kept: Kept, origin: string): string => (here(kept.link, origin) ?? new URL("/", origin)).href;

/** Said when a button could not reach the server: the same notice again, so that nothing is lost and it can be tried again. */
export const notSaved = (title: string, reached: boolean): string =>
  reached ? `Not saved. Tap to open Daybeat. (${title})` : `Not saved, the server can’t be reached. Try again. (${title})`;
