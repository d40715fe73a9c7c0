import { useMutation, useQuery } from "@tanstack/react-query";
import { keys } from "@/api/keys";
import { signedIn } from "@/api/session";
import { send } from "@/api/transport";
import type { Instance, SignedIn } from "@/api/types";

export type Credentials = { email: string; password: string };
export type Registration = Credentials & { name: string; timezone: string; invite?: string };

export function useInstance() {
  return useQuery({
    queryKey: keys.instance,
    queryFn: () => send<Instance>("GET", "/instance"),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useLogin() {
  return useMutation({
    mutationFn: (credentials: Credentials) => send<SignedIn>("POST", "/auth/login", { body: credentials }),
    onSuccess: signedIn,
  });
}

export function useRegister() {
  return useMutation({
    mutationFn: (registration: Registration) => send<SignedIn>("POST", "/auth/register", { body: registration }),
    onSuccess: signedIn,
  });
}
