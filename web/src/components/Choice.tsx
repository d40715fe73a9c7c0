// A handful of options side by side, of which one is on. Radio buttons underneath, so arrows and screen readers just work.
import { useId } from "react";
import { cx } from "@/lib/css";
import styles from "./Choice.module.css";

type Option<T> = { value: T; label: string; spoken?: string };
type Props<T> = {
  legend: string;
  options: Option<T>[];
  value: T;
  onChange: (value: T) => void;
  hideLegend?: boolean;
  compact?: boolean;
};

export function Choice<T extends string | number>({ legend, options, value, onChange, hideLegend, compact }: Props<T>) {
  const name = useId();
  return (
    <fieldset>
      <legend className={hideLegend ? "visually-hidden" : undefined}>{legend}</legend>
      <div className={cx(styles.options, compact && styles.compact)}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              aria-label={option.spoken}
              onChange={() => onChange(option.value)}
              className={styles.input}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
