// What came over the queue and is no event. It waits for somebody; while nothing waits, nothing is shown.
import { useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Notice } from "@/components/Notice";
import { Raw } from "@/components/Raw";
import { cx } from "@/lib/css";
import { toast } from "@/lib/toasts";
import { instant, number } from "@/lib/words";
import styles from "./Activity.module.css";
import { useDropRefused, useRefused, useRetryRefused } from "./queries";
import type { Refused } from "./types";

const failed = (error: unknown) => void toast(inWords(error));

export function RefusedCard() {
  const { data } = useRefused();
  if (!data || data.items.length === 0) return null;
  const { items, total } = data;
  return (
    <Card title="Could not be stored">
      <p className="muted">
        This came over the queue and is no event. It holds up nobody.
        {total > items.length && ` The newest ${number(items.length)} of ${number(total)} are shown.`}
      </p>
      <ul className={cx("rows", styles.rows)} aria-label="Could not be stored">
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ item: { id, body, reason, since } }: { item: Refused }) {
  const [dropping, setDropping] = useState(false);
  const retry = useRetryRefused();
  const drop = useDropRefused();
  const busy = retry.isPending || drop.isPending;
  const when = instant(since);
  return (
    <li>
      <p>{reason}</p>
      <small className="muted">Since {when}</small>
      <Raw label={`Content, since ${when}`}>{body}</Raw>
      <div role="status">{retry.isError && <Notice tone="warn" title={`Not stored. ${inWords(retry.error)}`} />}</div>
      {dropping ? (
        <Notice tone="warn" role="alert" title="Drop it for good?">
          <p>Nobody can bring it back from here.</p>
          <div className="row">
            <Button kind="warn" disabled={busy} onClick={() => drop.mutate(id, { onSuccess: () => toast("Dropped."), onError: failed })}>
              Drop it
            </Button>
            <Button autoFocus onClick={() => setDropping(false)}>
              Keep it
            </Button>
          </div>
        </Notice>
      ) : (
        <div className="row">
          <Button
            aria-label={`Try again: ${reason}, ${when}`}
            disabled={busy}
            onClick={() => retry.mutate(id, { onSuccess: () => toast("Stored.") })}
          >
            {retry.isPending ? "Trying…" : "Try again"}
          </Button>
          <Button kind="warn" aria-label={`Drop: ${reason}, ${when}`} disabled={busy} onClick={() => setDropping(true)}>
            Drop
          </Button>
        </div>
      )}
    </li>
  );
}
