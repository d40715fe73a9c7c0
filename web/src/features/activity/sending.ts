// An event while it is being written.
import { newId } from "@/lib/ids";
import { metadataFrom } from "./metadata";
import { instantOf, stamped } from "./time";
import type { NewEvent } from "./types";

export type Draft = { user: string; type: string; at: string; metadata: string };

export const blank: Draft = { user: "1", type: "", at: "", metadata: "" };

const LONGEST_TYPE = 50;

export function lacking({ user, type, metadata }: Draft): Record<string, string> {
  const found: Record<string, string> = {};
  if (!/^-?\d+$/.test(user.trim())) found.user = "A whole number.";
  else if (!Number.isSafeInteger(Number(user))) found.user = "This number is too large for a browser. A program can send it.";
  if (!type.trim()) found.type = "What happened? For example login.";
  else if (type.trim().length > LONGEST_TYPE) found.type = `At most ${LONGEST_TYPE} characters.`;
  const { trouble } = metadataFrom(metadata);
  if (trouble) found.metadata = trouble;
  return found;
}

/** The id is made here, so that sending again is not a second event. */
export function eventOf({ user, type, at, metadata }: Draft, zone: string): NewEvent {
  const read = metadataFrom(metadata);
  const instant = instantOf(at, zone);
  return {
    event_id: newId(),
    user_id: Number(user),
    event_type: type.trim(),
    timestamp: stamped(instant ? Date.parse(instant) : Date.now(), zone),
    ...("value" in read && read.value && { metadata: read.value }),
  };
}
