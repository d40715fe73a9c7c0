// One thing that could not be handled, with everything in it.
import { useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Facts } from "@/components/Facts";
import { Notice } from "@/components/Notice";
import { Raw } from "@/components/Raw";
import { Sheet } from "@/components/Sheet";
import { toast } from "@/lib/toasts";
import { instant, number } from "@/lib/words";
import { useDrop, useRetry, useSetAsideItem } from "./queries";
import type { SetAsideItem } from "./types";

export function SetAsideSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error } = useSetAsideItem(id);
  return (
    <Sheet title={data?.type ?? "Set aside"} onClose={onClose}>
      {error && !data && <p>{inWords(error)}</p>}
      {!data && !error && <p className="muted">Loading…</p>}
      {data && <Inside item={data} onClose={onClose} />}
    </Sheet>
  );
}

function Inside({ item, onClose }: { item: SetAsideItem; onClose: () => void }) {
  const [dropping, setDropping] = useState(false);
  const retry = useRetry();
  const drop = useDrop();
  const busy = retry.isPending || drop.isPending;
  const failed = retry.data && !retry.data.handled;
  const settled = (words: string) => {
    toast(words);
    onClose();
  };
  const again = () =>
    retry.mutate(item.id, {
      onSuccess: ({ handled }) => handled && settled("Handled."),
      onError: (error) => settled(inWords(error)),
    });
  const forget = () =>
    drop.mutate(item.id, { onSuccess: () => settled("Dropped."), onError: (error) => settled(inWords(error)) });

  return (
    <>
      <Facts of={detailsOf(item)} />
      <h3>Why it could not be handled</h3>
      <Raw label="Reason">{retry.data?.error ?? item.error}</Raw>
      <h3>What is in it</h3>
      <Raw label="Content">{JSON.stringify(item.content, null, 2)}</Raw>
      <div role="status">{failed && <Notice tone="warn" title="It failed again. The reason above is the new one." />}</div>
      {dropping ? (
        <Notice tone="warn" role="alert" title="Drop it for good?">
          <p>{item.reader} will never know of it, and nobody can bring it back from here.</p>
          <div className="row">
            <Button kind="warn" disabled={busy} onClick={forget}>
              Drop it
            </Button>
            <Button autoFocus onClick={() => setDropping(false)}>
              Keep it
            </Button>
          </div>
        </Notice>
      ) : (
        <div className="row">
          <Button kind="primary" autoFocus disabled={busy} onClick={again}>
            {retry.isPending ? "Trying…" : "Try again"}
          </Button>
          <Button kind="warn" disabled={busy} onClick={() => setDropping(true)}>
            Drop
          </Button>
        </div>
      )}
    </>
  );
}

const detailsOf = ({ reader, since, attempts, user_id, reference }: SetAsideItem): [string, string][] => [
  ["Reader", reader],
  ["Since", instant(since)],
  ["Tried", attempts === 1 ? "once" : `${number(attempts)} times`],
  ...(user_id ? [["Person", user_id] as [string, string]] : []),
  ...(reference ? [["Reference", reference] as [string, string]] : []),
];
