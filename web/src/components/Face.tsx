// One of the five faces: our own drawing, or the sign the user chose, on the colour of its mood. Its word stands beside it.
import type { Face as Look } from "@/api/types";
import styles from "./Face.module.css";

const mouths = ["M15 35q9-11 18 0", "M16 33q8-6 16 0", "M16 32h16", "M15 30q9 8 18 0", "M14 29q10 14 20 0z"];

export function Face({ score, look }: { score: number; look: Look | undefined }) {
  return (
    <span className={styles.face} data-mood={score} aria-hidden="true">
      <svg viewBox="0 0 48 48">
        <circle cx="24" cy="24" r="21.5" className={styles.disc} data-own={look?.face ? true : undefined} />
        {!look?.face && (
          <>
            <path d="M17 18v3M31 18v3" className={styles.drawn} />
            <path d={mouths[score - 1]} className={styles.drawn} data-open={score === 5 || undefined} />
          </>
        )}
      </svg>
      {look?.face && <span className={styles.own}>{look.face}</span>}
    </span>
  );
}
