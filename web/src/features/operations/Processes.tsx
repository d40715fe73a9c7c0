// Who is running.
import { Card } from "@/components/Card";
import { State } from "@/components/State";
import { cx } from "@/lib/css";
import styles from "./Operations.module.css";
import type { Operations, Process } from "./types";
import { lasted } from "./words";

/** Somebody does the same, so nobody is missed. */
const replaced = (processes: Process[], role: string) => processes.some((each) => each.role === role && each.state === "running");

function Standing({ state, replaced: calm }: { state: Process["state"]; replaced: boolean }) {
  if (state === "running") return <State is="good">Running</State>;
  return calm ? <State is="open">Gone</State> : <State is="bad">Missing</State>;
}

export function Processes({ seen: { processes, mode, at } }: { seen: Operations }) {
  return (
    <Card title="Processes">
      <ul className={cx("rows", styles.rows)}>
        {processes.map(({ id, role, host, pid, port, started_at, seen_at, state }) => (
          <li key={id}>
            <span className={styles.name}>{role}</span>
            <Standing state={state} replaced={replaced(processes, role)} />
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
          : "Who was not seen for 20 seconds is missing, or gone when another one does the same. After an hour it is forgotten. The mood sender has no database, so it cannot be listed."}
      </p>
    </Card>
  );
}
