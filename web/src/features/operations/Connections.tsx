// Who is connected, and how fast a tap reaches them.
import { Card } from "@/components/Card";
import { Explain } from "@/components/Explain";
import { instant, plural } from "@/lib/words";
import styles from "./Operations.module.css";
import type { Operations } from "./types";
import { milliseconds, tapToLive } from "./words";

export function Connections({ seen: { connections, live, mode } }: { seen: Operations }) {
  return (
    <Card title="From a tap to every open page">
      {live.p95 !== null && <p className={styles.figure}>{milliseconds(live.p95)}</p>}
      <p>{tapToLive(live)}</p>
      <p className="muted">
        {plural(connections.sockets, "open page or terminal", "open pages and terminals")}, {plural(connections.walls, "open wall")}.
      </p>
      <Explain question="How is this measured?">
        <p>
          From the moment a change is worked on to the moment it is handed to the open connections
          {mode === "one process" ? "" : " of the process that answered"}, since {instant(live.since)}. Times are read from buckets, so they
          are close, not exact.
        </p>
      </Explain>
    </Card>
  );
}
