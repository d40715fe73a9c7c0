import type { ReactNode } from "react";
import styles from "./Explain.module.css";

/** "How is this computed?": one tap, no page change. */
export function Explain({ question, children, open }: { question: string; children: ReactNode; open?: boolean }) {
  return (
    <details className={styles.explain} open={open}>
      <summary>{question}</summary>
      <div className={styles.answer}>{children}</div>
    </details>
  );
}
