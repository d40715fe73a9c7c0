import type { Preferences, Theme, User } from "@/api/types";
import { Card } from "@/components/Card";
import { Choice } from "@/components/Choice";
import { Switch } from "@/components/Field";
import { useSave } from "./useSave";

const themes: { value: Theme; label: string }[] = [
  { value: "system", label: "As my device" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function Comfort({ user }: { user: User }) {
  const save = useSave();
  const { preferences } = user;
  const prefer = (part: Partial<Preferences>) => save({ preferences: { ...preferences, ...part } });
  return (
    <Card title="Look and feel">
      <Choice legend="Theme" options={themes} value={preferences.theme} onChange={(theme) => prefer({ theme })} />
      <Switch
        label="Keyboard shortcuts"
        hint="Single keys such as u to undo. Press ? to see them all."
        checked={preferences.shortcuts}
        onChange={(event) => prefer({ shortcuts: event.target.checked })}
      />
      <Switch
        label="Vibrate on check-in"
        hint="A short tick, on phones that can."
        checked={preferences.haptics}
        onChange={(event) => prefer({ haptics: event.target.checked })}
      />
    </Card>
  );
}
