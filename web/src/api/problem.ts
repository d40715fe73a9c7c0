// Everything that can go wrong with a request, and the one place that turns it into words.

export type FieldError = { field: string; message: string };
export type ProblemBody = { type?: string; title?: string; status?: number; detail?: string; errors?: FieldError[] };

/** The server answered, and the answer was no. */
export class Problem extends Error {
  readonly status: number;
  readonly body: ProblemBody;
  /** Seconds the server asks us to wait, when it does. */
  readonly retryAfter: number | null;

  constructor(status: number, body: ProblemBody, retryAfter: number | null) {
    super(body.title ?? `HTTP ${status}`);
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
  }

  /** The same request may well succeed later. */
  get transient(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }
}

/** No answer at all: offline, the server is down, or it took too long. */
export class Unreachable extends Error {
  readonly transient = true;
}

/** The sign-in ended; only signing in again helps. */
export class SignedOut extends Error {
  readonly transient = false;
}

const inOurWords: Partial<Record<number, string>> = {
  403: "You are not allowed to do that.",
  404: "This is not here any more.",
  409: "That exists already.",
  413: "That is too much at once.",
  429: "That was a lot in a short time. Try again in a moment.",
};

export function inWords(error: unknown): string {
  if (error instanceof Unreachable) return "The server can't be reached right now.";
  if (error instanceof SignedOut) return "You are signed out. Sign in again to go on.";
  if (error instanceof Problem) {
    if (error.status >= 500) return "The server stumbled. Try again in a moment.";
    return error.body.detail || inOurWords[error.status] || error.body.title || "That did not work.";
  }
  return "Something went wrong on this page.";
}

/** Messages by form field: `body.name` belongs to the field `name`. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  return Object.fromEntries(
    (error.body.errors ?? []).map(({ field, message }) => [field.split(".")[1] ?? field, message]),
  );
}
