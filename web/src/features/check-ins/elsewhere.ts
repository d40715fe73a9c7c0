// Check-ins other devices just made: their rows say so for three seconds.
import { createStore } from "@/lib/store";

const SHOWN_MS = 3_000;

export const elsewhere = createStore<Readonly<Record<string, string>>>({});

const places: Record<string, string> = { terminal: "from terminal", api: "from the API" };
const devices: Record<string, string> = { phone: "from phone", computer: "from computer" };

export function sayFromElsewhere(habitId: string, source: string, device: string | null): void {
  const words = places[source] ?? devices[device ?? ""] ?? "from another device";
  elsewhere.set((current) => ({ ...current, [habitId]: words }));
  setTimeout(() => elsewhere.set(({ [habitId]: _, ...rest }) => rest), SHOWN_MS);
}
