// What could not be handled waits here for somebody: to look at, to try again, to drop.
import { useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { cx } from "@/lib/css";
import { toast } from "@/lib/toasts";
import { instant, number, plural } from "@/lib/words";
import styles from "./Operations.module.css";
import { useRetryAll, useSetAside } from "./queries";
import { SetAsideSheet } from "./SetAsideSheet";
import type { SetAside } from "./types";

const AT_ONCE = 20;
const MOST = 1_000;

export function Quarantine({ count }: { count: number }) {
  const [limit, setLimit] = useState(AT_ONCE);
  const [open, setOpen] = useState<string | null>(null);
  const all = useRetryAll();
  const { data, error, isPending } = useSetAside(limit, count);
  const items = data?.items ?? [];
  const retryAll = () =>
    all.mutate(
      items.map(({ id }) => id),
      {
        onSuccess: (handled) => toast(`${number(handled)} of ${number(items.length)} handled.`),
        onError: (failure) => toast(inWords(failure)),
      },
    );
  return (
    <Card title="Set aside">
      {error && <p className="muted">{inWords(error)}</p>}
      {isPending && <p className="muted">Loading…</p>}
      {data && items.length === 0 && <p className="muted">Nothing is set aside. What cannot be handled would wait here and hold up nobody.</p>}
      {items.length > 0 && (
        <>
          <ul className={cx("rows", styles.rows)} aria-label="Set aside">
            {items.map((item) => (
              <Row key={item.id} item={item} onOpen={() => setOpen(item.id)} />
            ))}
          </ul>
          <div className="row">
            {items.length > 1 && (
              <Button disabled={all.isPending} onClick={retryAll}>
                {all.isPending ? "Trying…" : `Try ${plural(items.length, "item")} again`}
              </Button>
            )}
            {data?.next_cursor && limit < MOST && <Button onClick={() => setLimit(Math.min(limit * 4, MOST))}>Show more</Button>}
          </div>
        </>
      )}
      {open && <SetAsideSheet id={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}

function Row({ item: { reader, type, since, error, attempts }, onOpen }: { item: SetAside; onOpen: () => void }) {
  const what = type ?? "Message";
  return (
    <li>
      <div>
        <p className={styles.name}>{what}</p>
        <p className={styles.wide}>{error}</p>
        <p className="muted">
          <small>
            {reader}, since {instant(since)}
            {attempts > 1 && `, tried ${number(attempts)} times`}
          </small>
        </p>
      </div>
      <Button aria-label={`Look at ${what}, ${reader}, ${instant(since)}`} onClick={onOpen}>
        Look
      </Button>
    </li>
  );
}
