// Which text stands for a kind, a language and a channel, and where it comes from.
import type { Template, TemplateName, Templates, Words } from "../types";

export const nameKey = ({ kind, language, channel }: TemplateName): string => [kind, language, channel ?? ""].join(" ");

const find = (items: Template[], name: TemplateName) => items.find((each) => nameKey(each) === nameKey(name));

/** The text in force: one's own for the channel, else that for all channels. `own` tells whether there is one to reset. */
export function inForce({ items }: Pick<Templates, "items">, name: TemplateName): Words & { own: boolean } {
  const exact = find(items, name);
  if (exact) return exact;
  const { title = "", body = "" } = find(items, { ...name, channel: null }) ?? {};
  return { title, body, own: false };
}

/** Writes a variable where the cursor is; gives the text and where the cursor goes. */
export function insert(text: string, variable: string, at: number): { text: string; cursor: number } {
  const written = `{{ ${variable} }}`;
  return { text: text.slice(0, at) + written + text.slice(at), cursor: at + written.length };
}
