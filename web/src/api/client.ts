// Requests of the signed-in user: the token is added, and renewed once when the server no longer takes it.
import { Problem } from "./problem";
import { accessToken, renewed } from "./session";
import { type Method, type Options, send } from "./transport";

async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const token = await accessToken();
  try {
    return await send<T>(method, path, { ...options, token });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
    return send<T>(method, path, { ...options, token: await renewed(token) });
  }
}

type Rest = Omit<Options, "token" | "body">;

export const api = {
  file: (path: string) => request<Blob>("GET", path, { file: true }),
  get: <T>(path: string, rest?: Rest) => request<T>("GET", path, rest),
  post: <T>(path: string, body?: unknown, rest?: Rest) => request<T>("POST", path, { body, ...rest }),
  put: <T>(path: string, body: unknown, rest?: Rest) => request<T>("PUT", path, { body, ...rest }),
  patch: <T>(path: string, body: unknown, rest?: Rest) => request<T>("PATCH", path, { body, ...rest }),
  delete: <T = void>(path: string, rest?: Rest & { body?: unknown }) => request<T>("DELETE", path, rest),
};
