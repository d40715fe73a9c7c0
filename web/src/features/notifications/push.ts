// This browser as a channel: permission, subscription, and which channel of the account it is.
import { api } from "@/api/client";
import { session } from "@/api/session";
import { withDevicesInWords } from "@/lib/device";
import { createStore, useStore } from "@/lib/store";
import type { Address, NewChannel } from "./types";

/** Where the page stands with this browser. `insecure`: browsers allow it on https and localhost only. */
export type Standing = "unsupported" | "insecure" | "denied" | "default" | "granted";

export function pushStanding(): Standing {
  if (!globalThis.isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator) || !("PushManager" in globalThis) || !("Notification" in globalThis)) return "unsupported";
  return Notification.permission;
}

type Remembered = { account: string; channel: string; endpoint: string };
const KEY = "daybeat.push";

function stored(): Remembered | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null") as Remembered | null;
  } catch {
    return null;
  }
}

const kept = createStore(stored());

function remembered(): Remembered | null {
  const known = kept.get();
  return known?.account === session.get().user?.id ? known : null;
}

/** The channel that is this very browser, as far as it knows. */
export const ownChannel = (): string | null => remembered()?.channel ?? null;
export const useOwnChannel = (): string | null => useStore(kept, ownChannel);

export function remember(channel: string, address: Address): void {
  const known: Remembered = { account: session.get().user?.id ?? "", channel, endpoint: String(address.endpoint) };
  localStorage.setItem(KEY, JSON.stringify(known));
  kept.set(known);
}

/** Bytes of base64url, the way a key is written. */
export function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const padded = key.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (key.length % 4)) % 4);
  return Uint8Array.from(atob(padded), (sign) => sign.charCodeAt(0));
}

/** Nobody subscribes without the worker, and a browser may keep it out. */
export class NoWorker extends Error {}

async function registration(): Promise<ServiceWorkerRegistration> {
  if (!(await navigator.serviceWorker.getRegistration())) throw new NoWorker();
  return navigator.serviceWorker.ready;
}

const addressOf = (subscription: PushSubscription): Address => {
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint, keys };
};

/** A subscription made for another key, by an earlier Daybeat under this address, is of no use and in the way. */
async function subscribe({ pushManager }: ServiceWorkerRegistration, key: string): Promise<Address> {
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(key) };
  try {
    return addressOf(await pushManager.subscribe(options));
  } catch (error) {
    const old = await pushManager.getSubscription();
    if (!old || !(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
    await old.unsubscribe();
    return addressOf(await pushManager.subscribe(options));
  }
}

/** Asks for permission where it was not given, and subscribes. Null when the answer was no. */
export async function thisBrowser(key: string): Promise<NewChannel | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  const address = await subscribe(await registration(), key);
  return { kind: "web_push", name: withDevicesInWords(navigator.userAgent), address };
}

/** The browser may have been given another address since: the server hears of it. */
export async function tellNewAddress(): Promise<void> {
  const known = remembered();
  if (!known || pushStanding() !== "granted") return;
  const subscription = await (await registration()).pushManager.getSubscription();
  if (!subscription || subscription.endpoint === known.endpoint) return;
  const address = addressOf(subscription);
  await api.patch(`/notifications/channels/${known.channel}`, { address });
  remember(known.channel, address);
}

/** After signing out, nothing of the account may be shown here any more. */
export async function forgetThisBrowser(): Promise<void> {
  localStorage.removeItem(KEY);
  kept.set(null);
  const worker = await navigator.serviceWorker?.getRegistration();
  await (await worker?.pushManager?.getSubscription())?.unsubscribe();
}

