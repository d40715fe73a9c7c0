// Who is running.
import { Card } from "@/components/Card";
import { State } from "./State";
import styles from "./Operations.module.css";
import type { Operations } from "./types";
import { lasted } from "./words";

export function Processes({ seen: { processes, mode, at } }: { seen: Operations }) {
  return (
    <Card title="Processes">
      <ul className={styles.rows}>
        {processes.map(({ id, role, host, pid, port, started_at, seen_at, state }) => (
          <li key={id}>
            <span className={styles.name}>{role}</span>
            <State is={state === "running" ? "good" : "bad"}>{state === "running" ? "Running" : "Missing"}</State>
            <p className={`${styles.wide} muted`}>
              <small>
                {host}, process {pid}
                {port ? `, port ${port}` : ""}.{" "}
                {state === "running" ? `Up for ${lasted(started_at, at)}.` : `Last seen ${lasted(seen_at, at)} ago.`}
              </small>
            </p>
          </li>
        ))}
      </ul>
      <p className="muted">
        {mode === "one process"
          ? "Everything runs in this one process."
          : "A process is missing when it was not seen for 20 seconds, and forgotten after an hour. The mood sender has no database, so it cannot be listed."}
      </p>
    </Card>
  );
}
