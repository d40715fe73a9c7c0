// Nudges: one reminder on days a habit is still open, at a time that moves to when it is usually done.
import { Switch, TextField } from "@/components/Field";
import type { NudgeWish } from "./types";

export const usualNudge: NudgeWish = { enabled: false, at: "20:00" };

type Props = { wish: NudgeWish; onChange: (wish: NudgeWish) => void; error?: string };

export function NudgeFields({ wish, onChange, error }: Props) {
  return (
    <>
      <Switch
        label="Nudge me when it is still open"
        hint="Once a day at most, never when it is done. It learns when you usually do it, and says so."
        checked={wish.enabled}
        onChange={(event) => onChange({ ...wish, enabled: event.target.checked })}
      />
      {wish.enabled && (
        <TextField
          label="Begin at"
          type="time"
          min="08:00"
          max="21:59"
          required
          hint="Between 08:00 and 22:00."
          value={wish.at}
          error={error}
          onChange={(event) => onChange({ ...wish, at: event.target.value })}
        />
      )}
    </>
  );
}

/** What is wrong with the time, in words. */
export const lackingInNudge = ({ enabled, at }: NudgeWish): string | undefined =>
  enabled && (at < "08:00" || at >= "22:00") ? "Nudges come between 08:00 and 22:00." : undefined;
