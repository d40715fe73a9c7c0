// "Live", "Reconnecting…", "Offline, 3 waiting": the truth about the connection in a few words.
import { outbox } from "@/features/outbox/outbox";
import { connection } from "@/lib/connection";
import { useLasting } from "@/lib/hooks";
import { useStore } from "@/lib/store";
import { number } from "@/lib/words";
import { live } from "./live";
import styles from "./Shell.module.css";

export function Status() {
  const { online } = useStore(connection);
  const state = useStore(live);
  const waiting = useStore(outbox, ({ all }) => all.length);
  const unsent = useLasting(waiting > 0, 700) || (!online && waiting > 0);
  const slow = useLasting(state !== "live", 1_500);

  const words = !online ? "Offline" : state === "live" ? "Live" : state === "connecting" && !slow ? "Connecting…" : "Reconnecting…";
  return (
    <p className={styles.status} role="status" aria-label="Connection">
      <span className={styles.dot} data-live={(online && state === "live") || undefined} aria-hidden="true" />
      {unsent ? `${words}, ${number(waiting)} waiting` : words}
    </p>
  );
}
