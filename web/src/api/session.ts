// Who is signed in. The access token lives in this module's memory only; the browser keeps the refresh cookie.
import { openChannel } from "@/lib/channel";
import { habitDay, type IsoDate } from "@/lib/days";
import { exclusive } from "@/lib/locks";
import { createStore } from "@/lib/store";
import { Problem, SignedOut } from "./problem";
import { send } from "./transport";
import type { SignedIn, User } from "./types";

export type Session = { status: "signed-in"; user: User } | { status: "signed-out"; user: null };

// The profile (no secret) survives a reload, so the page opens before the server answered, and offline.
const PROFILE_KEY = "daybeat.account";

function remembered(): Session {
  try {
    const user = JSON.parse(localStorage.getItem(PROFILE_KEY) ?? "null") as User | null;
    if (user?.id) return { status: "signed-in", user };
  } catch {
    localStorage.removeItem(PROFILE_KEY);
  }
  return { status: "signed-out", user: null };
}

/** The habit day it is for this user right now, offline too. */
export function habitDayNow(): IsoDate {
  const { user } = session.get();
  return habitDay(Date.now(), user?.timezone ?? "UTC", user?.rollover_hour ?? 0);
}

export const session = createStore<Session>(remembered());

type AccountNews = { kind: "signed-in" | "changed"; user: User } | { kind: "signed-out" };
const otherTabs = openChannel<AccountNews>("daybeat-account");

let token: { value: string; goodUntil: number } | null = null;

/** A margin for the way to the server, clocks that drift and timers of hidden tabs, which run once a minute. */
const MARGIN_MS = 60_000;

function remember(user: User): void {
  localStorage.setItem(PROFILE_KEY, JSON.stringify(user));
  session.set({ status: "signed-in", user });
}

function forget(): void {
  token = null;
  localStorage.removeItem(PROFILE_KEY);
  session.set({ status: "signed-out", user: null });
}

function keepToken(answer: SignedIn): void {
  token = { value: answer.access_token, goodUntil: Date.now() + answer.expires_in * 1000 - MARGIN_MS };
}

export function signedIn(answer: SignedIn): void {
  keepToken(answer);
  remember(answer.user);
  otherTabs.say({ kind: "signed-in", user: answer.user });
}

export function signedOut(): void {
  forget();
  otherTabs.say({ kind: "signed-out" });
}

export function profileChanged(user: User): void {
  remember(user);
  otherTabs.say({ kind: "changed", user });
}

let refreshing: Promise<string> | null = null;

/** One refresh at a time in this tab, and one tab at a time: the refresh cookie rotates at every use. */
export function refresh(): Promise<string> {
  refreshing ??= exclusive("daybeat-refresh", async () => {
    try {
      const answer = await send<SignedIn>("POST", "/auth/refresh", { body: {} });
      keepToken(answer);
      remember(answer.user);
      return answer.access_token;
    } catch (error) {
      if (!(error instanceof Problem) || error.transient) throw error;
      forget();
      throw new SignedOut();
    }
  }).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** An access token that is good now. Throws SignedOut or Unreachable. */
export async function accessToken(): Promise<string> {
  if (token && Date.now() < token.goodUntil) return token.value;
  if (session.get().status === "signed-out") throw new SignedOut();
  return refresh();
}

/** How long the current token stays good: when to come back for the next one. */
export const tokenGoodFor = (): number => Math.max(0, (token?.goodUntil ?? 0) - Date.now());

/** The server refused `stale`: a token that is not it. Only the first of many refused requests costs a refresh. */
export async function renewed(stale: string): Promise<string> {
  return token && token.value !== stale ? accessToken() : refresh();
}

/** Another tab signed in or out: this one follows. A different account starts from a clean page. */
export function followOtherTabs(reload: () => void): void {
  otherTabs.hear((news) => {
    if (news.kind === "signed-out") return forget();
    const { user } = session.get();
    if (user && user.id !== news.user.id) return reload();
    session.set({ status: "signed-in", user: news.user });
  });
}
