// What has to be written down for each way to reach somebody.
import type { Address, Kind } from "../types";

type AddressField = {
  name: string;
  label: string;
  hint?: string;
  type?: "email" | "url" | "password";
  required?: true;
};

const fields: Partial<Record<Kind, AddressField[]>> = {
  email: [{ name: "to", label: "E-mail address", type: "email", required: true }],
  ntfy: [
    { name: "topic", label: "Topic", required: true, hint: "Whoever knows it can read along, so keep it hard to guess. Subscribe to the same topic in the ntfy app." },
    { name: "server", label: "Server (optional)", type: "url", hint: "Empty means https://ntfy.sh." },
    { name: "token", label: "Access token (optional)", type: "password", hint: "Only for topics that are protected." },
  ],
  webhook: [{ name: "url", label: "Address of your program", type: "url", required: true, hint: "For example https://example.org/daybeat" }],
  apprise: [
    {
      name: "url",
      label: "Apprise address",
      required: true,
      hint: "For example matrixs://user:password@example.org or pover://user@token. The Apprise pages list them all.",
    },
  ],
};

export const fieldsOf = (kind: Kind): AddressField[] => fields[kind] ?? [];

export type Values = Record<string, string>;

export const blankFields = (kind: Kind): Values => Object.fromEntries(fieldsOf(kind).map(({ name }) => [name, ""]));

/** What is left empty is left out, so that the server takes what is usual. */
export const addressFrom = (kind: Kind, values: Values): Address =>
  Object.fromEntries(
    fieldsOf(kind)
      .map(({ name }) => [name, values[name]?.trim() ?? ""] as const)
      .filter(([, text]) => text !== ""),
  );

/** What is still missing, by field. */
export function lacking(kind: Kind, values: Values): Record<string, string> {
  const empty = fieldsOf(kind).filter(({ name, required }) => required && !values[name]?.trim());
  return Object.fromEntries(empty.map(({ name, label }) => [name, `${label.replace(/ \(optional\)$/, "")} is missing.`]));
}

const SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";

/** A topic nobody guesses: 16 of 32 signs, 80 bits. */
export function suggestTopic(): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return `daybeat-${Array.from(random, (byte) => SIGNS[byte % SIGNS.length]).join("")}`;
}
