// A short message in the page: an error with its way out, an empty place with its first step.
import type { ReactNode } from "react";
import { cx } from "@/lib/css";
import styles from "./Notice.module.css";

type Props = { title?: string; children?: ReactNode; tone?: "calm" | "warn"; role?: "alert" | "status" };

export function Notice({ title, children, tone = "calm", role }: Props) {
  return (
    <div className={cx(styles.notice, styles[tone])} role={role}>
      {title && <p className={styles.title}>{title}</p>}
      {children}
    </div>
  );
}
