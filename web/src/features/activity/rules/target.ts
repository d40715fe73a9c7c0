// What a rule feeds: a habit, which it checks in, or a goal, to which it adds.
import type { Habit } from "@/api/types";
import { countsAmounts } from "@/features/check-ins/subject";
import type { Goal } from "@/features/goals/types";
import type { NewRule } from "../types";

export type Feeds = "habit" | "goal";
export type Target = { id: string; feeds: Feeds; name: string; unit: string | null; counts: boolean; closed: boolean };

export const targetsOf = (habits: Habit[], goals: Goal[]): Target[] => [
  ...habits.map((habit): Target => ({ id: habit.id, feeds: "habit", name: habit.name, unit: habit.unit, counts: countsAmounts(habit), closed: false })),
  ...goals.map((goal): Target => ({ id: goal.id, feeds: "goal", name: goal.name, unit: goal.unit, counts: true, closed: goal.ended_on !== null })),
];

export const fedBy = ({ habit_id, goal_id }: NewRule, targets: Target[]): Target | undefined =>
  targets.find(({ id }) => id === (goal_id ?? habit_id));
