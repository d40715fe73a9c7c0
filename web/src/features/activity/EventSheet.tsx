// One event with everything in it.
import { useState } from "react";
import { Button } from "@/components/Button";
import { Facts } from "@/components/Facts";
import { Raw } from "@/components/Raw";
import { Sheet } from "@/components/Sheet";
import { copy } from "@/lib/files";
import type { Event } from "./types";
import { useIsAdmin } from "./view";
import { curlOf, delay, moment, sourceOf } from "./words";

export function EventSheet({ event, zone, onClose }: { event: Event; zone: string; onClose: () => void }) {
  const isAdmin = useIsAdmin();
  const [said, setSaid] = useState("");
  const take = (text: string) => void copy(text).then(setSaid);
  const json = JSON.stringify(event, null, 2);
  return (
    <Sheet title={event.event_type} onClose={onClose}>
      <Facts
        of={[
          ["Happened", moment(event.timestamp, zone)],
          ["Arrived", `${moment(event.received_at, zone)}, ${delay(event)}`],
          ["User id", event.user_id],
          ["Source", sourceOf(event)],
          ["Event id", event.event_id],
          ...(isAdmin ? [["Account", event.account_id ?? "none, it came without a token"] as [string, string]] : []),
        ]}
      />
      <Raw label="The event as JSON">{json}</Raw>
      <div className="row">
        <Button onClick={() => take(curlOf(event, location.origin))}>Copy as curl</Button>
        <Button onClick={() => take(json)}>Copy JSON</Button>
        {/* A message of the page would be behind the sheet. */}
        <span role="status">{said}</span>
      </div>
      <p className="muted">
        The command sends the same event once more, as a new one. Put a token from Settings into <code>DAYBEAT_TOKEN</code> first.
      </p>
    </Sheet>
  );
}
