// When and where to be asked, in plain language: the form reads itself back as it is filled in.
import { type FormEvent, useState } from "react";
import { fieldErrors, inWords } from "@/api/problem";
import { session } from "@/api/session";
import type { PromptSettings } from "@/api/types";
import { Button, IconButton } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { SelectField, Switch, TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Sheet } from "@/components/Sheet";
import { cx } from "@/lib/css";
import { toast } from "@/lib/toasts";
import { useChoosePrompts } from "../prompts";
import { wishesInWords } from "../words";
import { type Draft, draftOf, wishesFrom } from "./draft";
import styles from "./Prompts.module.css";

const MOST_TIMES = 24;

type Fields = { draft: Draft; change: (part: Partial<Draft>) => void; errors: Record<string, string> };

export function PromptsForm({ settings, onClose }: { settings: PromptSettings; onClose: () => void }) {
  const zone = session.get().user?.timezone ?? "UTC";
  const [draft, setDraft] = useState(() => draftOf(settings, zone));
  const choose = useChoosePrompts();
  const errors = fieldErrors(choose.error);
  const fields = { draft, errors, change: (part: Partial<Draft>) => setDraft((current) => ({ ...current, ...part })) };
  const wishes = wishesFrom(draft, true, zone);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    choose.mutate(wishes, {
      onError: () => requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus()),
      onSuccess() {
        toast("Saved.");
        onClose();
      },
    });
  };
  return (
    <Sheet title="When to ask me" onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <p className={cx("preview", styles.read)} aria-live="polite">
          {wishesInWords(wishes)}
        </p>
        {choose.isError && (
          <Notice tone="warn" role="alert">
            {inWords(choose.error)}
          </Notice>
        )}
        <Rhythm {...fields} />
        <Quiet {...fields} />
        <FollowUp {...fields} />
        <Ways {...fields} />
        <TextField
          label="Pause until (optional)"
          type="datetime-local"
          value={draft.pausedUntil}
          error={errors.paused_until}
          onChange={(event) => fields.change({ pausedUntil: event.target.value })}
        />
        <div className="row">
          <Button type="submit" kind="primary" disabled={choose.isPending}>
            Save
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

function Amount(props: { label: string; amount: string; size: number; error?: string; set: (amount: string, size: number) => void }) {
  const { label, amount, size, error, set } = props;
  return (
    <div className={styles.pair}>
      <TextField
        label={label}
        type="number"
        inputMode="numeric"
        min={1}
        value={amount}
        error={error}
        onChange={(event) => set(event.target.value, size)}
      />
      <SelectField label="Unit" aria-label={`${label}, unit`} value={size} onChange={(event) => set(amount, Number(event.target.value))}>
        <option value={3600}>hours</option>
        <option value={60}>minutes</option>
        {size === 1 && <option value={1}>seconds</option>}
      </SelectField>
    </div>
  );
}

function Rhythm({ draft, change, errors }: Fields) {
  return (
    <>
      <Choice
        legend="Ask me"
        options={[
          { value: "every", label: "Every so often" },
          { value: "times", label: "At times" },
        ]}
        value={draft.rhythm}
        onChange={(rhythm) => change({ rhythm })}
      />
      {draft.rhythm === "every" ? (
        <Amount
          label="Every"
          amount={draft.every}
          size={draft.everySize}
          error={errors.every}
          set={(every, everySize) => change({ every, everySize })}
        />
      ) : (
        <Times draft={draft} change={change} errors={errors} />
      )}
    </>
  );
}

function Times({ draft, change, errors }: Fields) {
  const put = (index: number, time: string) => change({ times: draft.times.map((each, at) => (at === index ? time : each)) });
  return (
    <fieldset>
      <legend>Times</legend>
      <div className={styles.times}>
        {draft.times.map((time, index) => (
          // A row is its place: two rows may hold the same time while it is being changed.
          <div key={`${index + 1} of ${draft.times.length}`} className={styles.time}>
            <TextField
              label={`Time ${index + 1}`}
              hideLabel
              type="time"
              value={time}
              onChange={(event) => put(index, event.target.value)}
            />
            <IconButton
              icon="close"
              label={`Remove time ${index + 1}`}
              disabled={draft.times.length < 2}
              onClick={() => change({ times: draft.times.filter((_, at) => at !== index) })}
            />
          </div>
        ))}
        <Button disabled={draft.times.length >= MOST_TIMES} onClick={() => change({ times: [...draft.times, "12:00"] })}>
          Add a time
        </Button>
      </div>
      {errors.times && <p className="error">{errors.times}</p>}
    </fieldset>
  );
}

function Quiet({ draft, change, errors }: Fields) {
  return (
    <>
      <Switch
        label="Quiet hours"
        hint="Nobody is asked then, not even once more."
        checked={draft.quiet}
        onChange={(event) => change({ quiet: event.target.checked })}
      />
      {draft.quiet && (
        <div className={styles.pair}>
          <TextField
            label="Quiet from"
            type="time"
            value={draft.quietFrom}
            error={errors.quiet_hours && "Quiet hours begin and end at different times. Switch them off for none."}
            onChange={(event) => change({ quietFrom: event.target.value })}
          />
          <TextField label="Quiet to" type="time" value={draft.quietTo} onChange={(event) => change({ quietTo: event.target.value })} />
        </div>
      )}
    </>
  );
}

function FollowUp({ draft, change, errors }: Fields) {
  return (
    <>
      <SelectField
        label="If I do not answer"
        value={draft.most}
        error={errors.max_follow_ups}
        onChange={(event) => change({ most: Number(event.target.value) })}
      >
        <option value={0}>Do not ask again</option>
        <option value={1}>Ask once more</option>
        {[2, 3, 4, 5].map((most) => (
          <option key={most} value={most}>
            Ask up to {most} times more
          </option>
        ))}
      </SelectField>
      <Amount
        label={draft.most > 0 ? "Ask again after" : "Wait for an answer for"}
        amount={draft.follow}
        size={draft.followSize}
        error={errors.follow_up_after}
        set={(follow, followSize) => change({ follow, followSize })}
      />
    </>
  );
}

function Ways({ draft, change, errors }: Fields) {
  return (
    <fieldset>
      <legend>Where</legend>
      <Switch label="On this page" checked={draft.page} onChange={(event) => change({ page: event.target.checked })} />
      <Switch
        label="On my MQTT devices"
        hint="Settings is where you add one."
        checked={draft.mqtt}
        onChange={(event) => change({ mqtt: event.target.checked })}
      />
      {errors.channels && <p className="error">{errors.channels}</p>}
    </fieldset>
  );
}
