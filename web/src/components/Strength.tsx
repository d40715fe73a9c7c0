import { percent } from "@/lib/words";
import styles from "./Strength.module.css";

/** The habit's strength as a bar. Decoration beside words, so silent for screen readers. */
export function StrengthBar({ strength }: { strength: number }) {
  return (
    <span className={styles.track} title={`Strength ${percent(strength)}`} aria-hidden="true">
      <span className={styles.fill} style={{ inlineSize: `${Math.round(strength * 100)}%` }} />
    </span>
  );
}
