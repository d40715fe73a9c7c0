// Settings save themselves as they are changed, and say so.
import { inWords } from "@/api/problem";
import { toast } from "@/lib/toasts";
import { type ProfileChange, useProfile } from "./queries";

export function useSave() {
  const profile = useProfile();
  return (change: ProfileChange) =>
    profile.mutate(change, { onSuccess: () => toast("Saved."), onError: (error) => toast(`Not saved. ${inWords(error)}`) });
}
