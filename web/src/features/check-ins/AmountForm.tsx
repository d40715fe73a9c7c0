// The exact amount of a day, with plus and minus around it.
import { IconButton } from "@/components/Button";
import { amountWithUnit } from "@/lib/words";
import styles from "./DaySheet.module.css";
import { dayTarget, type Subject } from "./subject";

type Props = { habit: Subject; text: string; onChange: (text: string) => void; id: string; onSubmit: () => void };

/** The amount in the field, or null while there is none that counts. */
export function amountOf(text: string): number | null {
  const amount = Number(text);
  return text.trim() !== "" && Number.isFinite(amount) && amount >= 0 ? amount : null;
}

export function AmountForm({ habit, text, onChange, id, onSubmit }: Props) {
  const amount = amountOf(text) ?? 0;
  const goal = dayTarget(habit);
  return (
    <form
      id={id}
      className={styles.amount}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <IconButton icon="minus" label="One less" onClick={() => onChange(String(Math.max(0, amount - 1)))} disabled={amount <= 0} />
      <label>
        <span className="visually-hidden">Amount{habit.unit && ` in ${habit.unit}`}</span>
        <input
          type="number"
          inputMode="decimal"
          min={0}
          step="any"
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <IconButton icon="plus" label="One more" onClick={() => onChange(String(amount + 1))} />
      <span className="muted">{goal === null ? habit.unit : `of ${amountWithUnit(goal, habit.unit)}`}</span>
    </form>
  );
}
