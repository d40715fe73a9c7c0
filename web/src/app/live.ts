// The one socket. It brings every fact of this account, in order, and picks up where it left off.
import { accessToken, refresh } from "@/api/session";
import { SignedOut } from "@/api/problem";
import { deliver } from "@/features/check-ins/deliver";
import { connection } from "@/lib/connection";
import { createStore } from "@/lib/store";
import { type Fact, handle } from "./facts";

export type LiveState = "connecting" | "live" | "reconnecting";
export const live = createStore<LiveState>("connecting");

const NOT_AUTHENTICATED = 4401;
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 20_000;

type Ready = { type: "ready"; seq: number };
const isReady = (frame: Fact | Ready): frame is Ready => frame.type === "ready";

let socket: WebSocket | null = null;
let wanted = false;
let failures = 0;
let retry: number | undefined;
let since: number | undefined;

const address = () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/v1/live`;

function retryLater(): void {
  if (!wanted || !connection.get().online) return;
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures++) * (0.75 + Math.random() / 2);
  clearTimeout(retry);
  retry = window.setTimeout(connectLive, pause);
}

async function closed({ code }: CloseEvent): Promise<void> {
  socket = null;
  if (!wanted) return;
  live.set("reconnecting");
  try {
    if (code === NOT_AUTHENTICATED) await refresh();
  } catch (error) {
    if (error instanceof SignedOut) return;
  }
  retryLater();
}

function received(frame: Fact | Ready): void {
  if (isReady(frame)) ready(frame);
  else {
    since = frame.seq;
    handle(frame);
  }
}

function ready({ seq }: Ready): void {
  failures = 0;
  // With `since` the server sends what we missed; without, what loaded before this moment may have missed something.
  if (since === undefined) handle({ type: "connected" });
  since ??= seq;
  live.set("live");
  void deliver();
}

async function introduce(opened: WebSocket): Promise<void> {
  try {
    opened.send(JSON.stringify({ type: "auth", token: await accessToken(), since }));
  } catch {
    opened.close();
  }
}

export function connectLive(): void {
  wanted = true;
  clearTimeout(retry);
  if (socket) return;
  const opening = new WebSocket(address());
  socket = opening;
  opening.addEventListener("open", () => void introduce(opening));
  opening.addEventListener("message", (event: MessageEvent<string>) => received(JSON.parse(event.data)));
  opening.addEventListener("close", (event) => {
    if (socket === opening) void closed(event);
  });
}

export function disconnectLive(): void {
  wanted = false;
  since = undefined;
  clearTimeout(retry);
  const closing = socket;
  socket = null;
  closing?.close();
  live.set("connecting");
}
