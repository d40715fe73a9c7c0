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

type ManyProps<T> = Omit<Props<T>, "value" | "onChange" | "compact"> & { values: T[]; most: number; onChange: (values: T[]) => void };

/** The same with several on at once, `most` of them at the most. */
export function Several<T extends string | number>({ legend, options, values, most, onChange, hideLegend }: ManyProps<T>) {
  const toggle = (value: T) => onChange(values.includes(value) ? values.filter((each) => each !== value) : [...values, value]);
  return (
    <fieldset>
      <legend className={hideLegend ? "visually-hidden" : undefined}>{legend}</legend>
      <div className={cx(styles.options, styles.compact)}>
        {options.map(({ value, label }) => (
          <label key={value} className={styles.option}>
            <input
              type="checkbox"
              checked={values.includes(value)}
              disabled={values.length >= most && !values.includes(value)}
              onChange={() => toggle(value)}
              className={styles.input}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
