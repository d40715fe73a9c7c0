import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/keys";
import { profileChanged, signedOut } from "@/api/session";
import type { ApiToken, DeviceSession, List, MqttDevice, MqttDeviceMade, MqttStatus, NewApiToken, Preferences, SecurityEvent, User } from "@/api/types";
import { queryClient } from "@/lib/queryClient";

export type ProfileChange = Partial<Pick<User, "name" | "timezone" | "rollover_hour" | "week_start">> & {
  preferences?: Preferences;
};

export function useProfile() {
  return useMutation({
    mutationFn: (change: ProfileChange) => api.patch<User>("/auth/me", change),
    onSuccess(user, change) {
      profileChanged(user);
      // A different day, zone or week changes what is due and every figure about it.
      if ("timezone" in change || "rollover_hour" in change || "week_start" in change)
        for (const queryKey of [keys.todays, keys.habits, keys.grids, keys.histories]) void queryClient.invalidateQueries({ queryKey });
    },
  });
}

export function usePassword() {
  return useMutation({
    mutationFn: (change: { current_password: string; new_password: string }) => api.post<void>("/auth/password", change),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.sessions }),
  });
}

export function useDeleteAccount() {
  return useMutation({
    mutationFn: (password: string) => api.delete("/auth/me", { body: { password } }),
    onSuccess: signedOut,
  });
}

const useListOf = <T>(queryKey: readonly string[], path: string) =>
  useQuery({ queryKey, queryFn: ({ signal }) => api.get<List<T>>(path, { signal }), staleTime: 0 });

export const useSessions = () => useListOf<DeviceSession>(keys.sessions, "/auth/sessions");
export const useTokens = () => useListOf<ApiToken>(keys.tokens, "/auth/tokens");
export const useSecurityHistory = () => useListOf<SecurityEvent>(keys.audit, "/auth/audit");

export const useMqttDevices = () => useListOf<MqttDevice>(keys.mqttDevices, "/mqtt/devices");

export const useMqttStatus = () =>
  useQuery({ queryKey: keys.mqttStatus, queryFn: ({ signal }) => api.get<MqttStatus>("/mqtt", { signal }), staleTime: 0 });

export function useAddMqttDevice() {
  return useMutation({
    mutationFn: (name: string) => api.post<MqttDeviceMade>("/mqtt/devices", { name }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.mqttDevices }),
  });
}

export function useRemoveMqttDevice() {
  return useMutation({
    mutationFn: (id: string) => api.delete(`/mqtt/devices/${id}`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.mqttDevices }),
  });
}

export function useEndSession() {
  return useMutation({
    mutationFn: (id: string) => api.delete(`/auth/sessions/${id}`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.sessions }),
  });
}

export function useCreateToken() {
  return useMutation({
    mutationFn: (token: { name: string; scopes: string[] }) => api.post<NewApiToken>("/auth/tokens", token),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.tokens }),
  });
}

export function useRevokeToken() {
  return useMutation({
    mutationFn: (id: string) => api.delete(`/auth/tokens/${id}`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.tokens }),
  });
}
