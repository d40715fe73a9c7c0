// A goal while it is being written. Numbers stay text until they are sent, so that nobody's typing is corrected.
import type { Habit } from "@/api/types";
import { type IsoDate } from "@/lib/days";
import { amountWithUnit, list, mediumDate, number } from "@/lib/words";
import type { Counts, Goal, GoalChange, GoalInput } from "../types";

export type LinkDraft = { habitId: string; weight: string; counts: Counts };
export type MilestoneDraft = { key: string; at: string; name: string };

export type Draft = {
  name: string;
  target: string;
  unit: string;
  start: IsoDate;
  deadline: string;
  links: LinkDraft[];
  milestones: MilestoneDraft[];
};

export const emptyDraft = (today: IsoDate): Draft => ({
  name: "",
  target: "",
  unit: "",
  start: today,
  deadline: "",
  links: [],
  milestones: [],
});

export const draftOf = (goal: Goal): Draft => ({
  name: goal.name,
  target: String(goal.target),
  unit: goal.unit ?? "",
  start: goal.start,
  deadline: goal.deadline ?? "",
  links: goal.habits.map(({ habit_id, weight, counts }) => ({ habitId: habit_id, weight: String(weight), counts })),
  milestones: goal.milestones.map(({ at, name }) => ({ key: String(at), at: String(at), name })),
});

/** What the server would count if nobody chose: amounts where the habit has any. */
export const usualCounts = ({ target, unit }: Habit): Counts => (target !== null || unit ? "amounts" : "check_ins");

export const inputOf = (draft: Draft): Required<GoalInput> => ({
  name: draft.name.trim(),
  target: Number(draft.target),
  unit: draft.unit.trim() || null,
  start: draft.start,
  deadline: draft.deadline || null,
  habits: draft.links.map(({ habitId, weight, counts }) => ({ habit_id: habitId, weight: Number(weight), counts })),
  milestones: draft.milestones
    .map(({ at, name }) => ({ at: Number(at), name: name.trim() }))
    .toSorted((one, other) => one.at - other.at),
});

/** Only what differs from the goal as it was when the form opened. */
export function changesOf(goal: Goal, draft: Draft): GoalChange {
  const before = inputOf(draftOf(goal));
  const differs = ([field, value]: [string, unknown]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof GoalInput]);
  return Object.fromEntries(Object.entries(inputOf(draft)).filter(differs));
}

const isAmount = (text: string) => Number(text) > 0;

/** What still keeps the draft from being a goal, by field. */
export function missing(draft: Draft): Record<string, string> {
  const found: Record<string, string> = {};
  if (!draft.name.trim()) found.name = "Give it a name.";
  if (!isAmount(draft.target)) found.target = "How much? A number above 0.";
  if (!draft.start) found.start = "From which day on?";
  if (draft.start && draft.deadline && draft.deadline < draft.start) found.deadline = "Choose a day after the first one.";
  for (const { habitId, weight } of draft.links) if (!isAmount(weight)) found[habitId] = "A number above 0.";
  for (const { key, at } of draft.milestones) if (!isAmount(at)) found[key] = "A number above 0.";
  const places = draft.milestones.map(({ at }) => Number(at));
  if (new Set(places).size < places.length) found.milestones = "Two milestones stand at the same place.";
  return found;
}

function linkInWords({ habitId, weight, counts }: LinkDraft, habits: Map<string, Habit>, unit: string): string {
  const habit = habits.get(habitId);
  const name = habit?.name ?? "a habit";
  const times = Number(weight);
  if (counts === "check_ins") return `each check-in of ${name} as ${amountWithUnit(times, unit || null)}`;
  return `the ${habit?.unit ?? "amounts"} of ${name}${times === 1 ? "" : ` times ${number(times)}`}`;
}

/** The form read back: "500 km by 31 Dec 2026. Counts each check-in of Run as 5 km." */
export function inWords(draft: Draft, habits: Map<string, Habit>): string | null {
  if (!isAmount(draft.target)) return null;
  const goal = amountWithUnit(Number(draft.target), draft.unit.trim() || null);
  const until = draft.deadline ? ` by ${mediumDate(draft.deadline)}` : "";
  const linked = draft.links.filter(({ weight }) => isAmount(weight)).map((link) => linkInWords(link, habits, draft.unit.trim()));
  return `${goal}${until}. Counts ${linked.length > 0 ? list(linked) : "what you add by hand"}.`;
}

/** A milestone at each quarter of the way. */
export const quarters = (target: string): MilestoneDraft[] =>
  [0.25, 0.5, 0.75].map((part) => {
    const at = String(Number((Number(target) * part).toPrecision(6)));
    return { key: `quarter ${part}`, at, name: part === 0.5 ? "Half way" : "" };
  });
