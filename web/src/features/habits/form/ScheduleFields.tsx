import { Choice } from "@/components/Choice";
import { SelectField, TextField } from "@/components/Field";
import { Weekdays } from "@/components/Weekdays";
import type { Kind } from "./draft";
import type { FieldsProps } from "./HabitForm";

const kinds: { value: Kind; label: string }[] = [
  { value: "daily", label: "Every day" },
  { value: "weekdays", label: "On certain weekdays" },
  { value: "every_n_days", label: "Every few days" },
  { value: "per_week", label: "Some times a week" },
  { value: "per_month", label: "Some times a month" },
  { value: "weekly_total", label: "A total each week" },
  { value: "avoid", label: "Something to avoid" },
];

export function ScheduleFields({ draft, change, errors }: FieldsProps) {
  const count = (label: string, value: number, max: number, set: (value: number) => void) => (
    <TextField
      label={label}
      type="number"
      inputMode="numeric"
      min={1}
      max={max}
      value={value}
      error={errors.schedule}
      onChange={(event) => set(Math.max(1, Math.min(max, Math.round(Number(event.target.value)) || 1)))}
    />
  );
  return (
    <>
      <SelectField
        label="Schedule"
        value={draft.kind}
        onChange={(event) => change({ kind: event.target.value as Kind })}
      >
        {kinds.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      {draft.kind === "weekdays" && (
        <Weekdays legend="Weekdays" days={draft.weekdays} onChange={(weekdays) => change({ weekdays })} error={errors.schedule} />
      )}
      {draft.kind === "every_n_days" &&
        count("Days from one to the next", draft.everyDays, 366, (everyDays) => change({ everyDays }))}
      {draft.kind === "per_week" && (
        <Choice
          legend="Times a week"
          compact
          options={[1, 2, 3, 4, 5, 6, 7].map((times) => ({ value: times, label: String(times) }))}
          value={draft.timesAWeek}
          onChange={(timesAWeek) => change({ timesAWeek })}
        />
      )}
      {draft.kind === "per_month" &&
        count("Times a month", draft.timesAMonth, 31, (timesAMonth) => change({ timesAMonth }))}
    </>
  );
}
