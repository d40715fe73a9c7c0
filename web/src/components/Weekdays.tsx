// The seven days side by side, each on or off.
import { weekdayNames } from "@/lib/words";
import styles from "./Weekdays.module.css";

type Props = { legend: string; hideLegend?: boolean; days: number[]; onChange: (days: number[]) => void; error?: string };

export function Weekdays({ legend, hideLegend, days, onChange, error }: Props) {
  const toggle = (day: number) => onChange(days.includes(day) ? days.filter((each) => each !== day) : [...days, day]);
  return (
    <fieldset>
      <legend className={hideLegend ? "visually-hidden" : undefined}>{legend}</legend>
      <div className={styles.weekdays}>
        {weekdayNames.map((name, day) => (
          <button
            key={name}
            type="button"
            aria-label={name}
            aria-pressed={days.includes(day)}
            data-short={name.slice(0, 2)}
            onClick={() => toggle(day)}
          />
        ))}
      </div>
      {error && <p className="error">{error}</p>}
    </fieldset>
  );
}
