// A sign and a word: neither colour nor shape stands alone.
import styles from "./State.module.css";

export type Is = "good" | "bad" | "open";

export const State = ({ is, children }: { is: Is; children: string }) => (
  <span className={styles.state} data-is={is}>
    {children}
  </span>
);
