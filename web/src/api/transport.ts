// One request over HTTP, without any idea of who is signed in.
import { Problem, type ProblemBody, Unreachable } from "./problem";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Options = {
  body?: unknown;
  token?: string;
  signal?: AbortSignal;
  /** Sent as Idempotency-Key and X-Request-ID: the server stores it once, and the live echo names it. */
  operation?: string;
  /** The answer is a file to keep, as long as it takes. */
  file?: boolean;
};

const TIMEOUT_MS = 20_000;
const FILE_TIMEOUT_MS = 600_000;

function headersFor({ body, token, operation, file }: Options): Headers {
  const headers = new Headers({ Accept: file ? "*/*" : "application/json", "X-Daybeat-Client": "web" });
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (token) headers.set("Authorization", `Bearer ${token}`);
  if (operation) {
    headers.set("Idempotency-Key", operation);
    headers.set("X-Request-ID", operation);
  }
  return headers;
}

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as ProblemBody;
  const seconds = Number(response.headers.get("Retry-After"));
  return new Problem(response.status, body, seconds > 0 ? seconds : null);
}

export async function send<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const timeout = AbortSignal.timeout(options.file ? FILE_TIMEOUT_MS : TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: headersFor(options),
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
      credentials: "same-origin",
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Unreachable("no answer", { cause: error });
  }
  if (!response.ok) throw await problemOf(response);
  if (options.file) return (await response.blob()) as T;
  return (response.status === 204 ? undefined : await response.json()) as T;
}
