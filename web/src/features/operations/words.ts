// What the figures mean, in sentences. The first one says whether anything has to be done.
import { list, number, plural } from "@/lib/words";
import type { Operations, Process, Reader } from "./types";

export type Trouble = { words: string; remedy: string };

/** Seconds something may wait before it is worth a sentence. */
const LATE = 60;

const secondsFrom = (since: string, at: string) => Math.max(0, (Date.parse(at) - Date.parse(since)) / 1000);

const steps: [number, string][] = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
];

/** "4 seconds", "3 minutes", "2 days": one unit is enough to know how serious it is. */
export function duration(seconds: number): string {
  const [size, unit] = steps.find(([each]) => seconds >= each) ?? [1, "second"];
  return plural(Math.floor(seconds / size), unit);
}

export const lasted = (since: string, at: string) => duration(secondsFrom(since, at));

export function milliseconds(seconds: number): string {
  const ms = seconds * 1000;
  return ms >= 1000 ? `${number(Math.round(ms / 10) / 100)} s` : `${number(ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms))} ms`;
}

const sum = (parts: [number, string][]) =>
  parts
    .filter(([count], index) => count > 0 || index === 0)
    .map(([count, words]) => `${number(count)} ${words}`)
    .join(" + ");

const wait = (count: number) => (count === 1 ? "waits" : "wait");

/** Nothing has come for it, and nothing is wrong. */
export const isQuiet = ({ accepted, stored, pending, balance }: Reader) => !accepted && stored === 0 && pending === 0 && balance !== "missing";

/** "4,211 accepted = 4,208 stored + 1 set aside + 2 on their way. It adds up." */
export function identity({ accepted, stored, set_aside, dropped, pending, difference, balance }: Reader): string {
  const settled: [number, string][] = [
    [stored, "stored"],
    [set_aside, "set aside"],
    [dropped, "dropped"],
  ];
  if (accepted === null || difference === null)
    return `${number(stored)} handled, ${number(pending)} on their way${set_aside ? `, ${number(set_aside)} set aside` : ""}. Other programs write here too, so nobody knows how many there should be.`;
  const twice = Math.max(0, -difference);
  const known = sum([...settled, [pending - twice, "on their way"]]);
  const left = Math.max(0, difference);
  const start = `${number(accepted)} accepted`;
  switch (balance) {
    case "moving":
      return left ? `${start} = ${known} + ${number(left)} moving right now.` : `${start} = ${known}. Some are moving right now.`;
    case "more":
      return `${start} = ${known}. It adds up; ${number(twice)} more ${wait(twice)} that come a second time or are older.`;
    case "unknown":
      return `${start} = ${known} + ${number(left)} with RabbitMQ, which does not answer.`;
    case "missing":
      return `${start}, but only ${known}. ${number(Math.max(1, left))} neither arrived nor ${wait(Math.max(1, left))}.`;
    default:
      return `${start} = ${known}. It adds up.`;
  }
}

export const standing: Record<string, string> = {
  even: "Adds up",
  moving: "Moving",
  more: "Adds up",
  missing: "Look here",
  unknown: "Not known",
};

const runs = (processes: Process[], ...roles: string[]) =>
  processes.some(({ role, state }) => state === "running" && roles.includes(role));

/** What is looked after by name, below. `serve` is everything in one, so it is not missed where its parts run. */
const named = new Set(["serve", "relay", "consume"]);

/** Roles of which none is left although one was there lately; who began again under another number is not missed. */
const gone = (processes: Process[]) =>
  [...new Set(processes.filter(({ state }) => state === "missing").map(({ role }) => role))].filter(
    (role) => !named.has(role) && !runs(processes, role, "serve"),
  );

const command = (role: string) => (role === "worker" ? "celery -A daybeat.services.celery_app worker" : `daybeat ${role}`);

function ofParts({ rabbitmq, redis, mqtt }: Operations): Trouble[] {
  const found: Trouble[] = [];
  if (rabbitmq && !rabbitmq.reachable)
    found.push({
      words: "RabbitMQ does not answer.",
      remedy: "Check-ins work and nothing is lost. What follows them is late until it is back: start it, or look into its log.",
    });
  if (redis && !redis.reachable)
    found.push({ words: "Redis does not answer.", remedy: "Nothing is lost. Open pages hear of news up to 2 seconds later until it is back." });
  if (mqtt.state !== "off" && !mqtt.connected)
    found.push({ words: "The MQTT broker does not answer.", remedy: "What devices send waits with them. Daybeat goes on trying." });
  return found;
}

function ofReaders({ readers, at }: Operations): Trouble[] {
  const lost = readers.filter(({ balance }) => balance === "missing");
  const late = readers.filter(
    ({ balance, oldest_pending_at: since }) => balance !== "missing" && since !== null && secondsFrom(since, at) > LATE,
  );
  return [
    ...lost.map(({ name, difference, can_replay }): Trouble => {
      const count = Math.max(1, difference ?? 1);
      return {
        words: `${plural(count, "fact")} did not arrive at ${name}.`,
        remedy: can_replay
          ? `${count === 1 ? "It is" : "They are"} safe in the log. If this stays for a minute, rebuild with: daybeat replay ${name}`
          : `${count === 1 ? "It is" : "They are"} safe in the log. If this stays for a minute, look into the log of daybeat consume.`,
      };
    }),
    ...late.map(({ name, oldest_pending_at }) => ({
      words: `${name} is ${lasted(oldest_pending_at!, at)} behind.`,
      remedy: "What it shows is that old. Check-ins work.",
    })),
  ];
}

function ofProcesses({ mode, processes, jobs, outbox, at }: Operations): Trouble[] {
  const found: Trouble[] = [];
  const needed = (words: string, ...roles: string[]) => {
    if (mode === "separate services" && !runs(processes, "serve", ...roles)) found.push({ words, remedy: `Start it: daybeat ${roles[0]}` });
  };
  needed("Nobody hands facts to RabbitMQ.", "relay");
  needed("Nobody feeds what follows facts.", "consume");
  const others = gone(processes);
  if (others.length > 0)
    found.push({ words: `${list(others)} ${others.length === 1 ? "is" : "are"} missing.`, remedy: `Start again: ${others.map(command).join(", ")}` });
  if (outbox?.oldest_at && secondsFrom(outbox.oldest_at, at) > LATE && runs(processes, "serve", "relay"))
    found.push({ words: `Facts have waited ${lasted(outbox.oldest_at, at)} to leave for RabbitMQ.`, remedy: "Look into the log of daybeat relay." });
  if (jobs.oldest_at && secondsFrom(jobs.oldest_at, at) > LATE)
    found.push({
      words: `Jobs are ${lasted(jobs.oldest_at, at)} late.`,
      remedy: mode === "one process" ? "Look into the log of Daybeat." : "Start, or look into, the Celery worker and its beat.",
    });
  return found;
}

/** Everything that needs somebody, the most serious first. */
export function troubles(seen: Operations): Trouble[] {
  const { quarantined } = seen;
  const aside: Trouble = {
    words: `${plural(quarantined, "thing")} could not be handled.`,
    remedy: `${quarantined === 1 ? "It was" : "They were"} set aside and held up nobody. Look at the reason below, then try again or drop.`,
  };
  return [...ofParts(seen), ...ofProcesses(seen), ...ofReaders(seen), ...(quarantined > 0 ? [aside] : [])];
}

export const headline = ({ readers }: Operations): string =>
  readers.some(({ pending, difference }) => pending > 0 || (difference ?? 0) > 0)
    ? "Everything that was accepted has arrived or is on its way."
    : "Everything that was accepted has arrived.";

/** The buckets end at five seconds. */
const LONGEST = 5;
const within = (seconds: number) => (seconds >= LONGEST ? `${LONGEST} s or longer` : milliseconds(seconds));

export function tapToLive({ p50, p95, facts }: Operations["live"]): string {
  if (p50 === null || p95 === null) return "Nothing was on its way to an open page lately.";
  return `Half within ${within(p50)}, 95 of 100 within ${within(p95)}, of ${plural(facts, "fact")}.`;
}
