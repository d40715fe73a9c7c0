// One event by hand.
import { type FormEvent, useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { TextArea, TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import styles from "./Activity.module.css";
import { useKnownTypes, useSend } from "./queries";
import { blank, type Draft, eventOf, lacking } from "./sending";
import { offsetOf } from "./time";
import { TypeField } from "./TypeField";
import { useZone } from "./view";
import { notTaken } from "./words";

/** What the first event of most programs is. */
const usual = ["login", "page_view", "signup"];

export function SendCard() {
  const zone = useZone();
  const [opened] = useState(() => Date.now());
  const known = useKnownTypes();
  const send = useSend();
  const [draft, setDraft] = useState(blank);
  const [tried, setTried] = useState<Draft | null>(null);
  const change = (part: Partial<Draft>) => setDraft((current) => ({ ...current, ...part }));
  const missing = lacking(draft);
  const errors = tried ? missing : {};
  const maybeTaken = send.isError ? notTaken(send.error) : null;
  const again = maybeTaken !== null && tried === draft;

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setTried(draft);
    if (Object.keys(missing).length > 0) requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    else send.mutate(again ? send.variables! : eventOf(draft, zone));
  };

  return (
    <Card title="Send an event">
      <form id="send" className="stack" onSubmit={submit} noValidate>
        <div className={styles.fields}>
          <TextField
            label="User id"
            inputMode="numeric"
            value={draft.user}
            error={errors.user}
            onChange={(event) => change({ user: event.target.value })}
          />
          <TypeField
            label="Type"
            types={[...new Set([...known, ...usual])]}
            value={draft.type}
            error={errors.type}
            onChange={(type) => change({ type })}
          />
        </div>
        <TextField
          label="Time (optional)"
          type="datetime-local"
          hint={`Empty means now. Your time zone is ${zone}, ${offsetOf(zone, opened)}.`}
          value={draft.at}
          onChange={(event) => change({ at: event.target.value })}
        />
        <TextArea
          label="Metadata (optional)"
          rows={3}
          spellCheck={false}
          autoCapitalize="none"
          hint={errors.metadata ? undefined : 'As JSON, such as {"source": "web"}'}
          value={draft.metadata}
          error={errors.metadata}
          onChange={(event) => change({ metadata: event.target.value })}
        />
        {send.isError && (
          <Notice tone="warn" role="alert">
            {maybeTaken ?? `It was not taken. ${inWords(send.error)}`}
          </Notice>
        )}
        {send.data && (
          <Notice role="status" title="Queued">
            <p style={{ overflowWrap: "anywhere" }}>
              Event <code>{send.data.event_id}</code>
            </p>
          </Notice>
        )}
        <div>
          <Button type="submit" kind="primary" disabled={send.isPending}>
            {send.isPending ? "Sending…" : again ? "Send again" : "Send"}
          </Button>
        </div>
      </form>
    </Card>
  );
}
