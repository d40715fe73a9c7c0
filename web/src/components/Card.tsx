import { type ComponentProps, useId } from "react";
import { cx } from "@/lib/css";
import styles from "./Card.module.css";

type Props = Omit<ComponentProps<"section">, "title"> & { title?: string; aside?: React.ReactNode };

export function Card({ title, aside, children, className, ...rest }: Props) {
  const heading = useId();
  return (
    <section className={cx(styles.card, className)} aria-labelledby={title ? heading : undefined} {...rest}>
      {title && (
        <div className={styles.header}>
          <h2 id={heading}>{title}</h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}
