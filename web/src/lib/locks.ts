// One at a time across all tabs of this browser.
// Web Locks exist on https and localhost only; on plain http each tab queues for itself, and the server's
// idempotency keys and refresh grace keep what is left of the race harmless.

const queues = new Map<string, Promise<unknown>>();

export function exclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (navigator.locks) return navigator.locks.request(name, work) as Promise<T>;
  const turn = (queues.get(name) ?? Promise.resolve()).then(work, work);
  queues.set(name, turn);
  return turn;
}
