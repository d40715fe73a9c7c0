// How moods, figures about them and the rhythm of questions sound.
import type { MoodSummary, Prompt, PromptSettings, PromptWishes } from "@/api/types";
import { capitalised, clock, list, number, plural, weekdayNames } from "@/lib/words";

const sources: Record<string, string> = {
  web: "on the page",
  terminal: "in the terminal",
  api: "through the API",
  mqtt: "over MQTT",
  link: "through a link",
};
export const sourceInWords = (source: string): string => sources[source] ?? source;

/** Fewer days than this make no pattern. */
export const ENOUGH_DAYS = 14;
const SAME = 0.25;
const CLEARLY = 0.75;
const FLAT_WEEK = 0.05;

/** Where the mood is, beside where it usually is: the title of the line. */
export function levelInWords({ level, mean, days }: Pick<MoodSummary, "level" | "mean" | "days">): string {
  if (level === null || mean === null || days < ENOUGH_DAYS) return "Where is my mood?";
  const above = level - mean;
  if (Math.abs(above) < SAME) return "Your mood is about where it usually is";
  const much = Math.abs(above) < CLEARLY ? "a little" : "clearly";
  return `Your mood is ${much} ${above > 0 ? "above" : "below"} where it usually is`;
}

function trendInWords({ per_week, weeks, weeks_needed }: MoodSummary["trend"]): string {
  if (per_week === null) return `A direction shows after ${weeks_needed} weeks with moods; so far there ${weeks === 1 ? "is" : "are"} ${weeks}.`;
  if (Math.abs(per_week) < FLAT_WEEK) return "From week to week it holds steady.";
  return `From week to week it ${per_week > 0 ? "rises" : "falls"} by about ${number(Math.round(Math.abs(per_week) * 100) / 100)}.`;
}

function volatilityInWords(volatility: MoodSummary["volatility"]): string {
  if (!volatility || volatility.usual === 0) return "";
  const ratio = volatility.recent / volatility.usual;
  if (ratio < 0.8) return " It moves less from day to day than usual.";
  return ratio > 1.25 ? " It moves more from day to day than usual." : " It moves from day to day as much as usual.";
}

export function lineInWords(summary: MoodSummary): string {
  const { level, days } = summary;
  if (level === null) return "Nothing was said in this time.";
  if (days < ENOUGH_DAYS) return `${plural(days, "day")} so far. ${ENOUGH_DAYS} days make a pattern visible.`;
  return `Its level is ${number(Math.round(level * 10) / 10)} of 5. ${trendInWords(summary.trend)}${volatilityInWords(summary.volatility)}`;
}

type Week = MoodSummary["weekdays"];

/** Weekdays are compared only when a difference among them is unlikely to be chance. */
export function weekTitle({ is_pattern, means }: Week): string {
  if (!is_pattern) return "When do I feel how?";
  const known = means.map((mean, day) => ({ mean: mean ?? 0, day })).toSorted((one, other) => other.mean - one.mean);
  return `${weekdayNames[known[0]!.day]}s are your best days, ${weekdayNames[known.at(-1)!.day]}s the lowest`;
}

export function weekInWords({ is_pattern, p, counts, entries_needed }: Week): string {
  if (is_pattern) return "The weekdays differ more than chance would make them.";
  if (p !== null) return "The weekdays do not differ more than chance would make them.";
  const few = weekdayNames.filter((_, day) => counts[day]! < entries_needed).map((name) => `${name}s`);
  if (few.length > 3) return `No word on weekdays yet: that takes ${entries_needed} moods on each of them.`;
  return `No word on weekdays yet: ${list(few)} still need more of the ${entries_needed} moods each.`;
}

const LOW = 2.5;

/** Five low days among the last seven. */
export function isRoughWeek(line: MoodSummary["line"]): boolean {
  return line.slice(-7).filter(({ mean }) => mean !== null && mean < LOW).length >= 5;
}

const units: [number, string][] = [
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];

/** "PT1H30M" as seconds. */
export function secondsOf(duration: string): number {
  const [, hours, minutes, seconds] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(duration) ?? [];
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

/** The largest unit that needs no fraction: "90 minutes", "4 hours". */
export function unitOf(seconds: number): { amount: number; size: number; name: string } {
  const [size, name] = units.find(([each]) => seconds % each === 0 && seconds >= each) ?? [1, "second"];
  return { amount: seconds / size, size, name };
}

const durationInWords = (duration: string) => {
  const { amount, name } = unitOf(secondsOf(duration));
  return plural(amount, name);
};

function rhythm({ every, times }: PromptWishes): string {
  if (times && times.length > 0) return `at ${list(times)}`;
  const { amount, name } = unitOf(secondsOf(every ?? "PT4H"));
  return amount === 1 ? `every ${name}` : `every ${plural(amount, name)}`;
}

function again({ max_follow_ups: most = 1, follow_up_after: after = "PT30M" }: PromptWishes): string {
  if (most === 0) return "If you do not answer, it does not ask again.";
  if (most === 1) return `If you do not answer, once more after ${durationInWords(after)}.`;
  return `If you do not answer, up to ${number(most)} times more, ${durationInWords(after)} apart.`;
}

function ways(channels: PromptWishes["channels"]): string {
  const shown = [channels?.includes("page") && "this page", channels?.includes("mqtt") && "your MQTT devices"].filter(Boolean);
  return shown.length > 0 ? `On ${list(shown as string[])}.` : "Choose a way to be asked, or nobody hears the question.";
}

/** "Every 4 hours between 08:00 and 22:00. If you do not answer, once more after 30 minutes." */
export function wishesInWords(wishes: PromptWishes): string {
  const { quiet_hours: quiet, times } = wishes;
  const awake = quiet ? (times?.length ? `, never between ${quiet.from} and ${quiet.to}` : ` between ${quiet.to} and ${quiet.from}`) : "";
  return `${capitalised(rhythm(wishes))}${awake}. ${again(wishes)} ${ways(wishes.channels)}`;
}

/** "16:00", "tomorrow at 08:00", "on 24 Nov at 08:00". */
export function soon(at: string, zone: string, now = Date.now()): string {
  const day = (instant: number) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(instant);
  const date = day(Date.parse(at));
  if (date === day(now)) return `at ${clock(at, zone)}`;
  if (date === day(now + 86_400_000)) return `tomorrow at ${clock(at, zone)}`;
  const words = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "long", day: "numeric", month: "long" });
  return `on ${words.format(Date.parse(at))} at ${clock(at, zone)}`;
}

const isAhead = (at: string | null): at is string => at !== null && Date.parse(at) > Date.now();

export const isResting = ({ enabled, doubted, resting_until }: PromptSettings): boolean =>
  enabled && (doubted || isAhead(resting_until));

/** How asking stands right now, beyond what was wished. */
export function standing(settings: PromptSettings, zone: string): string {
  if (!settings.enabled) return "Daybeat does not ask you by itself.";
  if (settings.doubted) return "You did not answer for a while, so Daybeat waits until you say whether to go on.";
  if (isAhead(settings.resting_until))
    return `You did not answer three times in a row, so Daybeat leaves you in peace until ${soon(settings.resting_until, zone).replace(/^(at|on) /, "")}.`;
  if (isAhead(settings.paused_until)) return `Paused until ${soon(settings.paused_until, zone).replace(/^(at|on) /, "")}.`;
  return settings.next_at ? `Next ${soon(settings.next_at, zone)}.` : "";
}

const skipped: Record<string, string> = {
  quiet: "not asked, because of quiet hours",
  paused: "not asked, because you paused it",
  resting: "not asked, to leave you in peace",
  missed: "not asked, because Daybeat was not running",
  off: "not asked, because asking was off",
};

/** What became of a question. */
export function promptInWords({ state, late, reason, follow_ups }: Prompt): string {
  switch (state) {
    case "open":
      return "waiting for an answer";
    case "followed_up":
      return follow_ups > 1 ? `asked ${number(follow_ups + 1)} times, waiting for an answer` : "asked again, waiting for an answer";
    case "answered":
      return late ? "answered late" : "answered";
    case "expired":
      return "not answered";
    default:
      return skipped[reason ?? ""] ?? "not asked";
  }
}
