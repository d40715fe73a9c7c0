import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Goal = Schemas["Goal"];
export type GoalInput = Schemas["GoalIn"];
export type GoalChange = Schemas["GoalChange"];
export type GoalHistory = Schemas["GoalHistory"];
export type Entry = Schemas["EntryOut"];
export type NewEntry = Schemas["EntryIn"];
export type Link = Schemas["LinkOut"];
export type Counts = Link["counts"];
