// The shapes of insights and reports by the names the pages use. Rates, strengths and chances are 0 to 1, moods 1 to 5.
import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Summary = Schemas["Summary"];
export type Sentence = Schemas["Sentence"];
export type Counts = Schemas["Share"];
export type DayCount = Schemas["LivedDay"];
/** Successes and what was due: closed days, or weeks or months where the schedule counts those. */
export type HabitFigures = Schemas["HabitSpan"];
export type Unit = HabitFigures["unit"];

export type Trends = Schemas["Trends"];
export type TrendDay = Schemas["TrendDay"];
export type HabitDays = Schemas["HabitDays"];
export type Hours = Schemas["Hours"];
export type HourCell = Schemas["Hour"];

export type Risks = Schemas["Risks"];
export type Risk = Schemas["Risk"];
export type Suggestion = Schemas["Suggestion"];
export type Associations = Schemas["AssociationList"];
export type Association = Schemas["AssociationOut"];

export type Report = Schemas["Report"];
export type ReportHabit = Schemas["ReportHabit"];
export type ReportGoal = Schemas["ReportGoal"];
