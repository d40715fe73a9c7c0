import type { ReactNode } from "react";
import styles from "./Explain.module.css";

/** "How is this computed?": one tap, no page change. */
export function Explain({ question, children }: { question: string; children: ReactNode }) {
  return (
    <details className={styles.explain}>
      <summary>{question}</summary>
      <div className={styles.answer}>{children}</div>
    </details>
  );
}
