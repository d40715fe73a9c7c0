// A server that answers as the test says and remembers what it was asked.
import { vi } from "vitest";

export type Asked = { method: string; path: string; body: unknown; headers: Headers };
type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | "unreachable";

export function serve(answer: (asked: Asked) => Answer | Promise<Answer>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const request = { method: init.method ?? "GET", path, body, headers: new Headers(init.headers) };
    asked.push(request);
    const given = await answer(request);
    if (given === "unreachable") throw new TypeError("Failed to fetch");
    const status = given.status ?? 200;
    return new Response(status === 204 ? null : JSON.stringify(given.body ?? {}), { status, headers: given.headers });
  });
  return asked;
}
