// What Daybeat stands on, and what waits there.
import { Card } from "@/components/Card";
import { State } from "@/components/State";
import { cx } from "@/lib/css";
import { number, plural } from "@/lib/words";
import styles from "./Operations.module.css";
import type { Operations } from "./types";
import { lasted, milliseconds } from "./words";

function Part({ name, well, children }: { name: string; well: boolean; children?: string }) {
  return (
    <li>
      <span className={styles.name}>{name}</span>
      <State is={well ? "good" : "bad"}>{well ? "Answers" : "Does not answer"}</State>
      {children && (
        <p className={`${styles.wide} muted`}>
          <small>{children}</small>
        </p>
      )}
    </li>
  );
}

export function Parts({ seen: { database, rabbitmq, redis, mqtt, jobs, at } }: { seen: Operations }) {
  return (
    <Card title="What it stands on">
      <ul className={cx("rows", styles.rows)}>
        <Part name={database.kind === "sqlite" ? "SQLite" : "PostgreSQL"} well>
          {`The figures of this page took ${milliseconds(database.seconds)}.`}
        </Part>
        {rabbitmq && <Part name="RabbitMQ" well={rabbitmq.reachable} />}
        {redis && <Part name="Redis" well={redis.reachable} />}
        {mqtt.state !== "off" && (
          <Part name="MQTT" well={mqtt.connected}>
            {mqtt.state === "own" ? "Daybeat’s own broker." : "Your broker."}
          </Part>
        )}
      </ul>
      <p className="muted">
        {jobs.oldest_at === null ? "No job is due." : `${plural(jobs.waiting, "job")} due, the oldest for ${lasted(jobs.oldest_at, at)}.`}
      </p>
    </Card>
  );
}

export function Queues({ seen: { rabbitmq, outbox, at } }: { seen: Operations }) {
  if (!rabbitmq) return null;
  return (
    <Card title="Queues">
      <p className="muted">
        {outbox?.oldest_at
          ? `${plural(outbox.waiting, "fact")} in the outbox, the oldest for ${lasted(outbox.oldest_at, at)}.`
          : "The outbox is empty: RabbitMQ has everything."}
      </p>
      {rabbitmq.reachable ? (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Queue</th>
              <th scope="col">Ready</th>
              <th scope="col">Readers</th>
            </tr>
          </thead>
          <tbody>
            {rabbitmq.queues.map(({ name, declared, ready, consumers }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{declared ? number(ready) : "–"}</td>
                <td>{declared ? number(consumers) : "not made yet"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p>RabbitMQ does not answer, so nobody knows what waits there.</p>
      )}
    </Card>
  );
}
