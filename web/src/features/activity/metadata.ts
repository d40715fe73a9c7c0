// Metadata is written as JSON. While it is not JSON yet, the page says what is missing.

export type Metadata = Record<string, unknown>;
export type Read = { value: Metadata | undefined; trouble?: undefined } | { trouble: string };

const EXAMPLE = '{"source": "web"}';

const place = (error: unknown) => /line (\d+) column (\d+)/.exec(String(error));

function troubleIn(text: string, error: unknown): string {
  if (!text.startsWith("{")) return `Metadata stands in braces, such as ${EXAMPLE}.`;
  if (/['‘’“”]/.test(text) && !text.includes('"')) return `Names and texts stand in straight double quotes, such as ${EXAMPLE}.`;
  if (/,\s*[}\]]/.test(text)) return "There is a comma with nothing after it.";
  if (!text.endsWith("}")) return "The closing brace is missing.";
  const found = place(error);
  return `This is not JSON yet${found ? `: look at line ${found[1]}, column ${found[2]}` : ""}. An example is ${EXAMPLE}.`;
}

/** Nothing written is no metadata. */
export function metadataFrom(written: string): Read {
  const text = written.trim();
  if (!text) return { value: undefined };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { value: value as Metadata };
    return { trouble: `Metadata stands in braces, such as ${EXAMPLE}.` };
  } catch (error) {
    return { trouble: troubleIn(text, error) };
  }
}
