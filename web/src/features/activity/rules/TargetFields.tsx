// What an event does: which habit or goal it feeds, and with how much.
import { Choice } from "@/components/Choice";
import { SelectField, TextField } from "@/components/Field";
import type { How } from "./draft";
import type { FieldsProps } from "./RuleSheet";
import type { Feeds, Target } from "./target";

const FEEDS: { value: Feeds; label: string }[] = [
  { value: "habit", label: "Check in a habit" },
  { value: "goal", label: "Add to a goal" },
];

export function TargetFields({ targets, chosen, ...fields }: FieldsProps & { targets: Target[]; chosen: Target | undefined }) {
  const { draft, change, errors } = fields;
  const toGoal = draft.feeds === "goal";
  const offered = targets.filter(({ id, feeds, closed }) => feeds === draft.feeds && (!closed || id === draft.target));
  const none = toGoal && offered.length === 0;
  return (
    <>
      <Choice legend="What it does" options={FEEDS} value={draft.feeds} onChange={(feeds) => change({ feeds, target: "" })} />
      <SelectField
        label={toGoal ? "Goal" : "Habit"}
        hint={none && "No goal is open. Set one on the goals page first."}
        value={draft.target}
        error={errors.target}
        onChange={(event) => change({ target: event.target.value })}
      >
        <option value="">{toGoal ? "Choose a goal" : "Choose a habit"}</option>
        {offered.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {chosen?.counts && <Amount {...fields} unit={chosen.unit} />}
    </>
  );
}

const HOW: { value: How; label: string }[] = [
  { value: "once", label: "One tap" },
  { value: "fixed", label: "An amount" },
  { value: "from", label: "A number in it" },
];

function Amount({ draft, change, errors, unit }: FieldsProps & { unit: string | null }) {
  // A goal has no taps: without an amount it gets 1.
  const toGoal = draft.feeds === "goal";
  const how = toGoal && draft.how === "once" ? "fixed" : draft.how;
  return (
    <>
      <Choice legend="With each event" options={toGoal ? HOW.slice(1) : HOW} value={how} onChange={(chosen) => change({ how: chosen })} />
      {how === "fixed" && (
        <TextField
          label={unit ? `Amount in ${unit}` : "Amount"}
          type="number"
          inputMode="decimal"
          min={0}
          step="any"
          value={draft.amount}
          error={errors.amount}
          onChange={(event) => change({ amount: event.target.value })}
        />
      )}
      {how === "from" && (
        <TextField
          label="Name of the number in the metadata"
          autoCapitalize="none"
          maxLength={100}
          hint={'"pages" when the metadata is {"pages": 20}'}
          value={draft.from}
          error={errors.from}
          onChange={(event) => change({ from: event.target.value })}
        />
      )}
    </>
  );
}
