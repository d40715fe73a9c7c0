// The exact amount of a day, with plus and minus around it.
import { useState } from "react";
import { Button, IconButton } from "@/components/Button";
import { amountWithUnit } from "@/lib/words";
import type { Target } from "./actions";
import styles from "./DaySheet.module.css";
import { dayTarget } from "./subject";

export function AmountForm({ target, onSave }: { target: Target; onSave: (amount: number) => void }) {
  const { habit, day } = target;
  const [text, setText] = useState(day.amount === null ? "" : String(day.amount));
  const amount = Number(text);
  const valid = text.trim() !== "" && Number.isFinite(amount) && amount >= 0;
  const step = (by: number) => setText(String(Math.max(0, (valid ? amount : 0) + by)));
  const goal = dayTarget(habit);

  return (
    <form
      className={styles.amount}
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) onSave(amount);
      }}
    >
      <IconButton icon="minus" label="One less" onClick={() => step(-1)} disabled={!valid || amount <= 0} />
      <label>
        <span className="visually-hidden">Amount{habit.unit && ` in ${habit.unit}`}</span>
        <input
          type="number"
          inputMode="decimal"
          min={0}
          step="any"
          placeholder="0"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <IconButton icon="plus" label="One more" onClick={() => step(1)} />
      <span className="muted">{goal === null ? habit.unit : `of ${amountWithUnit(goal, habit.unit)}`}</span>
      <Button type="submit" kind="primary" disabled={!valid}>
        Save
      </Button>
    </form>
  );
}
