// A day of a habit as one sign that reads the same in black and white.

export const signs: Record<string, [sign: string, words: string]> = {
  done: ["✓", "done"],
  kept: ["✓", "kept"],
  partial: ["½", "partly done"],
  over: ["·", "over the limit"],
  missed: ["·", "missed"],
  no: ["·", "missed"],
  slip: ["·", "slip"],
  skipped: ["/", "skipped"],
  paused: ["–", "paused"],
  open: ["○", "open"],
};

/** What is not due has no sign. */
export const signOf = (state: string): [sign: string, words: string] => signs[state] ?? ["", "not due"];

/** What the signs on the sheet mean, each once. */
export function keyOf(states: string[]): [sign: string, words: string][] {
  const used = new Map<string, string>();
  for (const state of Object.keys(signs)) {
    const [sign, words] = signOf(state);
    if (states.includes(state) && !used.has(sign)) used.set(sign, words);
  }
  return [...used];
}
