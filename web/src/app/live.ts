// The one socket. It brings every fact of this account, in order, and picks up where it left off.
import { accessToken, refresh, tokenGoodFor } from "@/api/session";
import { SignedOut } from "@/api/problem";
import { deliver } from "@/features/outbox/deliver";
import { connection } from "@/lib/connection";
import { createStore } from "@/lib/store";
import { see, type Sight, watchOver } from "@/lib/watching";
import { type Fact, handle } from "./facts";

export type LiveState = "connecting" | "live" | "reconnecting";
export const live = createStore<LiveState>("connecting");

const NOT_AUTHENTICATED = 4401;
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 20_000;
const SHORTEST_RENEWAL_MS = 5_000;

type Ready = { type: "ready"; seq: number };
type Frame = Fact | Ready | Sight;
const isReady = (frame: Frame): frame is Ready => frame.type === "ready";
const isFact = (frame: Fact | Sight): frame is Fact => "seq" in frame;

let socket: WebSocket | null = null;
let wanted = false;
let failures = 0;
let retry: number | undefined;
let renewal: number | undefined;
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
  watchOver(null);
  clearTimeout(renewal);
  if (!wanted) return;
  live.set("reconnecting");
  try {
    if (code === NOT_AUTHENTICATED) await refresh();
  } catch (error) {
    if (error instanceof SignedOut) return;
  }
  retryLater();
}

function received(frame: Frame): void {
  if (isReady(frame)) ready(frame);
  else if (isFact(frame)) {
    since = frame.seq;
    handle(frame);
  } else see(frame);
}

function ready({ seq }: Ready): void {
  failures = 0;
  // With `since` the server sends what we missed; without, what loaded before this moment may have missed something.
  if (since === undefined) handle({ type: "connected" });
  since = Math.min(since ?? seq, seq);
  live.set("live");
  watchOver(socket);
  void deliver();
}

/** Says who listens. The socket outlives its token, so it says so again with each new one. */
async function introduce(opened: WebSocket, from?: number): Promise<void> {
  try {
    opened.send(JSON.stringify({ type: "auth", token: await accessToken(), since: from }));
    clearTimeout(renewal);
    renewal = window.setTimeout(() => void introduce(opened), Math.max(SHORTEST_RENEWAL_MS, tokenGoodFor()));
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
  opening.addEventListener("open", () => void introduce(opening, since));
  opening.addEventListener("message", (event: MessageEvent<string>) => {
    if (socket === opening) received(JSON.parse(event.data));
  });
  opening.addEventListener("close", (event) => {
    if (socket === opening) void closed(event);
  });
}

function drop(): void {
  clearTimeout(retry);
  clearTimeout(renewal);
  const dropped = socket;
  socket = null;
  watchOver(null);
  dropped?.close();
}

/** After the network was away: a socket from before may be dead without knowing it. */
export function reconnectLive(): void {
  drop();
  connectLive();
}

export function disconnectLive(): void {
  wanted = false;
  since = undefined;
  drop();
  live.set("connecting");
}
