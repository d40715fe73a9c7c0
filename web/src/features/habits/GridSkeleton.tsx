import styles from "./Legend.module.css";

const rows = ["first", "second", "third", "fourth"];

export function GridSkeleton() {
  return (
    <div role="status" aria-label="Loading habits">
      {rows.map((row) => (
        <div key={row} className={styles.skeleton} />
      ))}
    </div>
  );
}
