// What was done during this visit, the latest last, and the way back from each.
import { toast } from "@/lib/toasts";
import { withdraw } from "./outbox";

type Done = {
  /** The operation that did it. */
  id: string;
  /** What it was about, for the words afterwards. */
  name: string;
  /** Brings back what was before, once the operation has left this browser. */
  inverse: () => Promise<unknown>;
};

const done: Done[] = [];
const REMEMBERED = 20;

export function remember(latest: Done): void {
  done.push(latest);
  if (done.length > REMEMBERED) done.shift();
}

export const isLatest = (id: string): boolean => done.at(-1)?.id === id;

/** Takes back the latest, the one before it the next time. */
export async function undo(): Promise<void> {
  const last = done.pop();
  if (!last) return;
  if (!(await withdraw(last.id))) await last.inverse();
  toast(`${last.name}: undone.`);
}

export const offerUndo = { action: { label: "Undo", run: () => void undo() } };
