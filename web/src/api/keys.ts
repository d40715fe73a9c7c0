// The names of everything cached. A live fact names what it makes stale by these.

export const keys = {
  instance: ["instance"] as const,
  todays: ["today"] as const,
  /** `null` is "whatever today is", which moves on when the day does. */
  today: (date: string | null) => ["today", date] as const,
  habits: ["habits"] as const,
  habitList: (archived: boolean) => ["habits", "list", archived] as const,
  habit: (id: string) => ["habits", "one", id] as const,
  grids: ["grid"] as const,
  grid: (days: number) => ["grid", days] as const,
  histories: ["history"] as const,
  history: (id: string) => ["history", id] as const,
  day: (id: string, date: string) => ["day", id, date] as const,
  notes: (id: string) => ["notes", id] as const,
  moods: ["moods"] as const,
  moodDay: (date: string) => ["moods", "day", date] as const,
  moodYear: (year: number) => ["moods", "year", year] as const,
  moodSummary: (days: number) => ["moods", "summary", days] as const,
  moodSettings: ["mood-settings"] as const,
  prompts: ["prompts"] as const,
  promptSettings: ["prompt-settings"] as const,
  mqttDevices: ["mqtt-devices"] as const,
  mqttStatus: ["mqtt-status"] as const,
  sessions: ["sessions"] as const,
  tokens: ["tokens"] as const,
  audit: ["audit"] as const,
};
