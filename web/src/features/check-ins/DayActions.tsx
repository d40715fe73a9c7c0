// The choices for a day that is loaded. Each one closes the sheet: the toast says what happened and offers the way back.
import { useEffect, useId, useRef, useState } from "react";
import type { Day } from "@/api/types";
import { Button } from "@/components/Button";
import { TextArea } from "@/components/Field";
import { Icon } from "@/components/Icon";
import { Notice } from "@/components/Notice";
import { capitalised } from "@/lib/words";
import { AmountForm, amountOf } from "./AmountForm";
import { clear, sayNo, setDone, skip, writeNote } from "./actions";
import styles from "./DaySheet.module.css";
import { countsAmounts, dayTarget, isAvoided, type Subject } from "./subject";
import { useTarget } from "./useTarget";
import { dayInWords } from "./words";

type Props = { habit: Subject; day: Day; today: string; focus?: "note"; onClose: () => void };

const untouched = new Set(["open", "missed", "free", "kept"]);
const closed: Partial<Record<Day["state"], string>> = {
  before: "This day is before the habit's start.",
  future: "This day is still to come.",
};

export function DayActions({ habit, day: known, today, focus, onClose }: Props) {
  const { target, waiting } = useTarget(habit, known, today);
  const { day } = target;
  const [note, setNote] = useState(day.note ?? "");
  const [amountText, setAmountText] = useState(String(day.amount ?? dayTarget(habit) ?? ""));
  const amountForm = useId();
  const noteField = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus === "note") noteField.current?.querySelector("textarea")?.focus();
  }, [focus]);

  if (closed[day.state]) return <Notice>{closed[day.state]}</Notice>;

  const written = note.trim() === (day.note ?? "") ? undefined : note.trim();
  const act = (action: Promise<void>) => {
    void action;
    onClose();
  };
  const amount = amountOf(amountText);
  const fresh = untouched.has(day.state);
  const avoided = isAvoided(habit);
  return (
    <>
      <p className={styles.now}>
        {capitalised(dayInWords(day, habit))}
        {waiting && <span className="muted"> · waiting to be sent</span>}
      </p>
      {countsAmounts(habit) && (
        <AmountForm
          id={amountForm}
          habit={habit}
          text={amountText}
          onChange={setAmountText}
          onSubmit={() => amount !== null && act(setDone(target, amount, written))}
        />
      )}
      <div className={styles.actions}>
        {countsAmounts(habit) && (
          <Button kind="primary" type="submit" form={amountForm} disabled={amount === null}>
            Save
          </Button>
        )}
        {!countsAmounts(habit) && !avoided && day.state !== "done" && (
          <Button kind="primary" onClick={() => act(setDone(target, undefined, written))}>
            <Icon name="today" size={18} /> Done
          </Button>
        )}
        {avoided && day.state !== "slip" && <Button onClick={() => act(sayNo(target, written))}>I slipped</Button>}
        {day.state !== "skipped" && (
          <Button onClick={() => act(skip(target, written))}>
            <Icon name="skip" size={18} /> Skip
          </Button>
        )}
        {!avoided && day.state !== "no" && <Button onClick={() => act(sayNo(target, written))}>Not done</Button>}
        {!fresh && (
          <Button kind="quiet" onClick={() => act(clear(target))}>
            Clear
          </Button>
        )}
      </div>
      <p className={styles.hint}>A skip keeps your run. Use it for holidays and days when it really was not possible.</p>
      <div ref={noteField}>
        <TextArea label="Note" value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      </div>
      {fresh || written === undefined ? (
        written !== undefined && <p className={styles.hint}>The note is kept with what you choose above.</p>
      ) : (
        <Button onClick={() => act(writeNote(target, written))}>Save note</Button>
      )}
    </>
  );
}
