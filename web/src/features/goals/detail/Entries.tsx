// What was added by hand or by a rule: a form above, the entries below, each of which can be taken back and brought back.
import { type FormEvent, useState } from "react";
import { fieldErrors, inWords } from "@/api/problem";
import { Button, IconButton } from "@/components/Button";
import { Card } from "@/components/Card";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { newId } from "@/lib/ids";
import { toast } from "@/lib/toasts";
import { focusTrouble } from "@/lib/trouble";
import { mediumDate, number } from "@/lib/words";
import { useOperation } from "../operation";
import { useAddEntry, useEntries, useRemoveEntry } from "../queries";
import type { Entry, Goal } from "../types";
import { amount } from "../words";

const FIRST_SHOWN = 8;

/** Chosen by hand, an amount may also take away: "+5 km", "−2 km". */
const signed = (value: number, unit: string | null) => `${value > 0 ? "+" : "−"}${amount(Math.abs(value), unit)}`;

export function Entries({ goal, today }: { goal: Goal; today: string }) {
  const entries = useEntries(goal.id);
  const [all, setAll] = useState(false);
  const items = entries.data?.items ?? [];
  const closed = goal.ended_on !== null;
  return (
    <Card title="Entries">
      {closed ? <p className="muted">This goal is closed. Reopen it to add more.</p> : <AddForm goal={goal} today={today} />}
      {entries.isError && <p className="error">{inWords(entries.error)}</p>}
      {items.length > 0 && (
        <ul className="rows" aria-label="Entries">
          {items.slice(0, all ? undefined : FIRST_SHOWN).map((entry) => (
            <EntryRow key={entry.id} entry={entry} goal={goal} closed={closed} />
          ))}
        </ul>
      )}
      {!all && items.length > FIRST_SHOWN && (
        <div>
          <Button onClick={() => setAll(true)}>Show all {number(items.length)}</Button>
        </div>
      )}
    </Card>
  );
}

type Said = { amount: string; date: string; note: string };

const saidIn = (form: HTMLFormElement) => Object.fromEntries(new FormData(form)) as Said;
const isSame = (one: Said, other: Said) => one.amount === other.amount && one.date === other.date && one.note === other.note;

function AddForm({ goal, today }: { goal: Goal; today: string }) {
  const add = useAddEntry(goal.id);
  const { idOf, done } = useOperation();
  const [lacking, setLacking] = useState(false);
  const errors = fieldErrors(add.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const said = saidIn(form);
    const value = Number(said.amount);
    setLacking(!value);
    if (!value) return focusTrouble(form);
    const entry = { amount: value, date: said.date || null, note: said.note.trim() || null };
    const id = idOf(goal.id, entry);
    const onSuccess = () => {
      done();
      toast(`${signed(value, goal.unit)}. Saved.`);
      // On a slow line the next entry may be half typed by now.
      if (isSame(said, saidIn(form))) form.reset();
    };
    add.mutate({ entry: { id, ...entry }, operation: id }, { onSuccess, onError: () => focusTrouble(form) });
  };
  const known = Object.keys(errors).some((field) => field === "amount" || field === "date" || field === "note");
  return (
    <form className="stack" style={{ gap: "0.6rem" }} onSubmit={submit} noValidate>
      <div style={{ display: "grid", gap: "0.75rem", gridTemplateColumns: "repeat(auto-fit, minmax(8.5rem, 1fr))" }}>
        <TextField
          label={goal.unit ? `Amount (${goal.unit})` : "Amount"}
          name="amount"
          type="number"
          inputMode="decimal"
          step="any"
          required
          error={lacking ? "How much? Below 0 takes away." : errors.amount}
        />
        <TextField label="Day" name="date" type="date" min={goal.start} max={today} defaultValue={today} error={errors.date} />
        <TextField label="Note (optional)" name="note" maxLength={300} error={errors.note} />
      </div>
      {add.error && !known && (
        <Notice tone="warn" role="alert">
          {inWords(add.error)}
        </Notice>
      )}
      {add.isPaused && <p role="status">You are offline. Keep this page open, and it is added when you are back.</p>}
      <div>
        <Button type="submit" kind="primary" disabled={add.isPending}>
          Add
        </Button>
      </div>
    </form>
  );
}

const failed = (error: unknown) => void toast(inWords(error));

function EntryRow({ entry, goal, closed }: { entry: Entry; goal: Goal; closed: boolean }) {
  const remove = useRemoveEntry(goal.id);
  const add = useAddEntry(goal.id);
  const words = `${signed(entry.amount, goal.unit)} on ${mediumDate(entry.date)}`;
  const bringBack = () => {
    const { id, amount: value, date, note } = entry;
    // An operation of its own: under that of its first time the server would only repeat the answer it gave then.
    void add.mutateAsync({ entry: { id, amount: value, date, note }, operation: newId() }).catch(failed);
  };
  const removed = () => void toast(`${words} is removed.`, { action: { label: "Undo", run: bringBack } });
  // The row may be gone before the answer is here, and with it whatever waits in it; a promise is not.
  const takeBack = () => void remove.mutateAsync(entry.id).then(removed, failed);
  return (
    <li className="row" style={{ flexWrap: "nowrap", justifyContent: "space-between", minBlockSize: "var(--target)" }}>
      <span>
        <strong>{signed(entry.amount, goal.unit)}</strong> <span className="muted">{mediumDate(entry.date)}{entry.source === "rule" && ", by a rule"}</span>
        {entry.note && <span style={{ display: "block" }}>{entry.note}</span>}
      </span>
      {!closed && <IconButton icon="delete" label={`Remove ${words}`} disabled={remove.isPending} onClick={takeBack} />}
    </li>
  );
}
