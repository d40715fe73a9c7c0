import { SelectField, Switch, TextField } from "@/components/Field";
import type { Direction } from "@/api/types";
import { usesAmounts } from "./draft";
import styles from "./HabitForm.module.css";
import type { FieldsProps } from "./HabitForm";

export function AmountFields({ draft, change, errors }: FieldsProps) {
  return (
    <>
      {draft.kind !== "weekly_total" && (
        <Switch
          label="Count an amount"
          hint="Pages, glasses, minutes: each tap adds one."
          checked={draft.counts}
          onChange={(event) => change({ counts: event.target.checked })}
        />
      )}
      {usesAmounts(draft) && (
        <div className={styles.amounts}>
          <SelectField
            label="Limit"
            value={draft.direction}
            onChange={(event) => change({ direction: event.target.value as Direction })}
          >
            <option value="at_least">At least</option>
            <option value="at_most">At most</option>
          </SelectField>
          <TextField
            label="Amount"
            type="number"
            inputMode="decimal"
            min={0}
            step="any"
            value={draft.target}
            error={errors.target}
            onChange={(event) => change({ target: event.target.value })}
          />
          <TextField
            label="Unit"
            maxLength={30}
            value={draft.unit}
            error={errors.unit}
            onChange={(event) => change({ unit: event.target.value })}
          />
        </div>
      )}
    </>
  );
}
