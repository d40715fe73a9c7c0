// A labelled input with its hint and its error, wired for screen readers.
import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "@/lib/css";
import styles from "./Field.module.css";

type Common = { label: string; hint?: ReactNode; error?: string; hideLabel?: boolean };
type Wiring = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined; className?: string };

export function Field({ label, hint, error, hideLabel, children }: Common & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={cx(styles.label, hideLabel && "visually-hidden")}>
        {label}
      </label>
      {children({ id, "aria-describedby": described, "aria-invalid": error ? true : undefined, className: styles.input })}
      {error && (
        <p id={`${id}-error`} className="error">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, hideLabel, ...rest }: Common & ComponentProps<"input">) {
  return (
    <Field {...{ label, hint, error, hideLabel }}>{(wiring) => <input type="text" {...rest} {...wiring} />}</Field>
  );
}

export function SelectField({ label, hint, error, hideLabel, ...rest }: Common & ComponentProps<"select">) {
  return <Field {...{ label, hint, error, hideLabel }}>{(wiring) => <select {...rest} {...wiring} />}</Field>;
}

export function TextArea({ label, hint, error, hideLabel, ...rest }: Common & ComponentProps<"textarea">) {
  return <Field {...{ label, hint, error, hideLabel }}>{(wiring) => <textarea rows={2} {...rest} {...wiring} />}</Field>;
}

/** A yes/no choice in a row of its own. */
export function Switch({ label, hint, ...rest }: { label: string; hint?: string } & ComponentProps<"input">) {
  const id = useId();
  return (
    <div className={styles.switch}>
      <div className={styles.switchWords}>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={`${id}-hint`} className={styles.hint}>
            {hint}
          </p>
        )}
      </div>
      <input id={id} type="checkbox" role="switch" aria-describedby={hint && `${id}-hint`} {...rest} />
    </div>
  );
}
