// The fill that says "too little to tell" or "left out on purpose", without a colour.
import styles from "./Chart.module.css";

export const Hatch = ({ id }: { id: string }) => (
  <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
    <rect width="4" height="4" className={styles.hatchGround} />
    <path d="M0 0V4" className={styles.hatchLine} />
  </pattern>
);
