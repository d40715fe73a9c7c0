import type { Instance } from "@/api/types";

export function PlainHttpNotice({ instance }: { instance: Instance | undefined }) {
  if (instance?.secure_cookies !== false) return null;
  return (
    <p className="muted">
      <small>This page is not encrypted. Fine at home; use https on the internet.</small>
    </p>
  );
}
