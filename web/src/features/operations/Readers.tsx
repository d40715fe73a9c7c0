// The identity of every reader: what was accepted is stored, set aside, or on its way.
import { Card } from "@/components/Card";
import { Explain } from "@/components/Explain";
import { type Is, State } from "@/components/State";
import { cx } from "@/lib/css";
import { instant, list, number } from "@/lib/words";
import styles from "./Operations.module.css";
import type { Operations, Reader } from "./types";
import { identity, isQuiet, lasted, standing } from "./words";

const is = (balance: Reader["balance"]): Is => (balance === "missing" ? "bad" : balance === "even" || balance === "more" ? "good" : "open");

export function Readers({ seen }: { seen: Operations }) {
  const { readers, counted, at } = seen;
  const quiet = readers.filter(isQuiet);
  return (
    <Card title="Has everything arrived?">
      <p className="muted">
        {counted.whole_day ? "Of the last 24 hours." : `There is a lot: counted since ${instant(counted.since)}.`}
      </p>
      <ul className={cx("rows", styles.rows)}>
        {readers.filter((reader) => !isQuiet(reader)).map((reader) => (
          <li key={reader.name}>
            <span className={styles.name}>{reader.name}</span>
            {reader.balance && <State is={is(reader.balance)}>{standing[reader.balance]!}</State>}
            <p className={styles.wide}>{identity(reader)}</p>
            {reader.oldest_pending_at && (
              <p className={`${styles.wide} muted`}>
                <small>The oldest has waited {lasted(reader.oldest_pending_at, at)}.</small>
              </p>
            )}
          </li>
        ))}
      </ul>
      {quiet.length > 0 && (
        <p className={`${styles.wide} muted`}>Nothing has come for {list(quiet.map(({ name }) => name))}.</p>
      )}
      <Explain question="How is this counted?">
        <p>
          Each line is somebody who follows what happens. Accepted is what the log holds for it, stored is what it has a receipt for.
          What is on its way is counted on its own:{" "}
          {seen.mode === "one process" ? "by how far the reader has come in the log" : "in the outbox and in its queue at RabbitMQ"}. So a
          fact that got lost would show as a difference, not as waiting.
        </p>
        <p>{number(readers.length)} readers, read in one snapshot of the database.</p>
      </Explain>
    </Card>
  );
}
