import { useId } from "react";
import type { Hue } from "@/api/types";
import { TextField } from "@/components/Field";
import { capitalised } from "@/lib/words";
import styles from "./HabitForm.module.css";
import type { FieldsProps } from "./HabitForm";

const hues: Hue[] = ["teal", "blue", "indigo", "violet", "rose", "amber", "olive", "slate"];
const suggestions = ["📖", "🚶", "💧", "🧘", "🏋️", "🎸", "🌱", "✍️", "🛏️"];

export function LookFields({ draft, change, errors }: FieldsProps) {
  const name = useId();
  return (
    <>
      <div className={styles.icons}>
        <TextField
          label="Icon (optional)"
          maxLength={8}
          value={draft.icon}
          error={errors.icon}
          onChange={(event) => change({ icon: event.target.value })}
        />
        <div className={styles.suggestions} role="group" aria-label="Icons to pick">
          {suggestions.map((icon) => (
            <button key={icon} type="button" aria-pressed={icon === draft.icon} onClick={() => change({ icon })}>
              {icon}
            </button>
          ))}
        </div>
      </div>
      <fieldset>
        <legend>Colour</legend>
        <div className={styles.hues}>
          {hues.map((hue) => (
            <label key={hue} data-hue={hue} className={styles.hue}>
              <input type="radio" name={name} checked={hue === draft.color} onChange={() => change({ color: hue })} />
              <span className="visually-hidden">{capitalised(hue)}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}
