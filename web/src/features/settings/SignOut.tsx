// Leaving wipes this browser. Check-ins that never reached the server would be lost, so then it asks first.
import { useState } from "react";
import { signedOut } from "@/api/session";
import { send } from "@/api/transport";
import { Button } from "@/components/Button";
import { Sheet } from "@/components/Sheet";
import { discardOutbox, outbox } from "@/features/outbox/outbox";
import { useStore } from "@/lib/store";
import { plural } from "@/lib/words";

async function leave(): Promise<void> {
  await discardOutbox();
  await send("POST", "/auth/logout", { body: {} }).catch(() => undefined); // Without the server, forgetting here is all there is.
  signedOut();
}

export function SignOut() {
  const [asking, setAsking] = useState(false);
  const waiting = useStore(outbox, ({ all }) => all.length);
  return (
    <div>
      <Button onClick={() => (waiting > 0 ? setAsking(true) : void leave())}>Sign out</Button>
      {asking && (
        <Sheet title="Sign out now?" onClose={() => setAsking(false)}>
          <p>{plural(waiting, "entry", "entries")} did not reach the server yet. Signing out now would lose them.</p>
          <div className="row">
            <Button onClick={() => setAsking(false)}>Stay</Button>
            <Button kind="warn" onClick={() => void leave()}>
              Sign out and lose them
            </Button>
          </div>
        </Sheet>
      )}
    </div>
  );
}
