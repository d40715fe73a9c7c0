import { beforeEach, expect, test } from "vitest";
import { api } from "@/api/client";
import { SignedOut, Unreachable } from "@/api/problem";
import { session, signedIn, signedOut } from "@/api/session";
import { signedIn as answer } from "./examples";
import { serve } from "./server";

beforeEach(() => signedOut());

const refreshes = (asked: { path: string }[]) => asked.filter(({ path }) => path.endsWith("/auth/refresh")).length;

test("many refused requests cost one refresh and all succeed", async () => {
  signedIn(answer);
  const asked = serve(({ path, headers }) => {
    if (path.endsWith("/auth/refresh")) return { body: { ...answer, access_token: "fresh" } };
    return headers.get("Authorization") === "Bearer fresh" ? { body: { path } } : { status: 401 };
  });
  const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => api.get<{ path: string }>(`/thing/${index}`)));
  expect(answers).toHaveLength(12);
  expect(refreshes(asked)).toBe(1);
});

test("a token about to expire is renewed before it is used", async () => {
  signedIn({ ...answer, expires_in: 5 });
  const asked = serve(({ path }) => ({ body: path.endsWith("/auth/refresh") ? answer : {} }));
  await api.get("/thing");
  expect(asked.map(({ path }) => path)).toEqual(["/api/v1/auth/refresh", "/api/v1/thing"]);
});

test("a dead session signs out", async () => {
  signedIn({ ...answer, expires_in: 0 });
  serve(() => ({ status: 401 }));
  await expect(api.get("/thing")).rejects.toBeInstanceOf(SignedOut);
  expect(session.get().status).toBe("signed-out");
});

test("an unreachable server does not", async () => {
  signedIn({ ...answer, expires_in: 0 });
  serve(() => "unreachable");
  await expect(api.get("/thing")).rejects.toBeInstanceOf(Unreachable);
  expect(session.get().status).toBe("signed-in");
});

test("the token is never stored, the profile is", () => {
  signedIn(answer);
  expect(JSON.stringify({ ...localStorage })).toContain("ana@example.org");
  expect(JSON.stringify({ ...localStorage })).not.toContain(answer.access_token);
});
