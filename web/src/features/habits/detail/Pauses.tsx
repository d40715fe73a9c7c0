// Holidays and breaks: nothing is due, nothing is missed, the run goes on afterwards.
import { type FormEvent, useState } from "react";
import { inWords } from "@/api/problem";
import type { Habit } from "@/api/types";
import { Button, IconButton } from "@/components/Button";
import { Card } from "@/components/Card";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { dateRange, mediumDate } from "@/lib/words";
import { usePauses } from "../queries";
import styles from "./HabitPage.module.css";

export function Pauses({ habit }: { habit: Habit }) {
  const { add, remove } = usePauses(habit.id);
  const [adding, setAdding] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { from, to } = Object.fromEntries(new FormData(event.currentTarget)) as { from: string; to: string };
    add.mutate({ from, to }, { onSuccess: () => setAdding(false) });
  };
  const error = add.error ?? remove.error;

  return (
    <Card title="Pauses" aside={!adding && <Button onClick={() => setAdding(true)}>Add a pause</Button>}>
      {habit.pauses.length === 0 && !adding && (
        <p className="muted">Going away? Pause the habit, and its run waits for you.</p>
      )}
      {error && (
        <Notice tone="warn" role="alert">
          {inWords(error)}
        </Notice>
      )}
      <ul className={styles.items}>
        {habit.pauses.map(({ id, from, to }) => (
          <li key={id}>
            {dateRange(from, to)}
            <IconButton
              icon="close"
              label={`Remove the pause from ${mediumDate(from)}`}
              disabled={remove.isPending}
              onClick={() => remove.mutate(id)}
            />
          </li>
        ))}
      </ul>
      {adding && (
        <form className="row" onSubmit={submit} style={{ alignItems: "end" }}>
          <TextField label="From" name="from" type="date" required autoFocus />
          <TextField label="To" name="to" type="date" required />
          <Button type="submit" kind="primary" disabled={add.isPending}>
            Pause
          </Button>
          <Button kind="quiet" onClick={() => setAdding(false)}>
            Cancel
          </Button>
        </form>
      )}
    </Card>
  );
}
