// The shapes of the API by the names the page uses. All of them come from the server's own description of itself.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type User = Schemas["User"];
export type Preferences = Schemas["Preferences"];
export type Theme = Preferences["theme"];
export type SignedIn = Schemas["SignedIn"];
export type Instance = Schemas["Instance"];
export type DeviceSession = Schemas["SessionOut"];
export type SecurityEvent = Schemas["SecurityEvent"];
export type ApiToken = Schemas["ApiToken"];
export type NewApiToken = Schemas["ApiTokenMade"];

export type Habit = Schemas["Habit"];
export type HabitInput = Schemas["HabitChange"];
export type NewHabit = Schemas["HabitIn"];
export type Schedule = Habit["schedule"];
export type Direction = NonNullable<Habit["direction"]>;
export type Hue = NonNullable<Habit["color"]>;
export type Stats = Schemas["HabitStats"];

export type Day = Schemas["DayOut"];
export type DayState = Day["state"];
export type HistoryDay = Schemas["DayWithStrength"];
export type Run = Schemas["RunOut"];
export type History = Schemas["HistoryOut"];
export type Pause = Schemas["Pause"];
export type Grid = Schemas["Grid"];

export type Today = Schemas["Today"];
export type TodayItem = Schemas["TodayItem"];
export type CheckIn = Schemas["CheckInOut"];
export type CheckInResult = Schemas["Result"];
export type Mood = Schemas["Mood"];
export type MoodDay = Schemas["MoodDay"];
export type MoodYear = Schemas["MoodYear"];
export type MoodSummary = Schemas["MoodSummary"];
export type MoodPoint = Schemas["MoodPoint"];
export type MoodTag = Schemas["MoodTag"];
export type Face = Schemas["Face"];
export type MoodSettings = Schemas["MoodSettings"];
export type Prompt = Schemas["Prompt"];
export type PromptSettings = Schemas["PromptSettings"];
export type MqttStatus = Schemas["MqttStatus"];
export type MqttDevice = Schemas["Device"];
export type MqttDeviceMade = Schemas["DeviceMade"];
export type PromptWishes = Schemas["PromptSettingsIn"];

export type List<T> = { items: T[]; next_cursor?: string | null };
