import styles from "./Sections.module.css";

const rows = ["first", "second", "third", "fourth", "fifth"];

/** Five quiet rows of the real height, so nothing moves when the habits arrive. */
export function Skeleton() {
  return (
    <div className={styles.list} role="status" aria-label="Loading today">
      {rows.map((row) => (
        <div key={row} className={styles.skeleton} />
      ))}
    </div>
  );
}
