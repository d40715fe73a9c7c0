// A rule in plain words that read themselves back, with what it would have done so far.
import { type FormEvent, useState } from "react";
import { inWords } from "@/api/problem";
import type { Habit } from "@/api/types";
import { Button } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { SelectField, TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Sheet } from "@/components/Sheet";
import { countsAmounts } from "@/features/check-ins/subject";
import { toast } from "@/lib/toasts";
import { useKnownTypes, useSaveRule } from "../queries";
import { TypeField } from "../TypeField";
import type { Rule } from "../types";
import { Conditions } from "./Conditions";
import { blank, type Draft, draftOf, missing, ruleOf } from "./draft";
import { RulePreview } from "./RulePreview";
import { ruleInWords } from "./words";

export type FieldsProps = { draft: Draft; change: (part: Partial<Draft>) => void; errors: Record<string, string> };

type Props = { rule: Rule | null; habits: Habit[]; onClose: () => void };

export function RuleSheet({ rule, habits, onClose }: Props) {
  const known = useKnownTypes();
  const save = useSaveRule(rule?.id ?? null);
  const [draft, setDraft] = useState(() => (rule ? draftOf(rule) : blank));
  const [tried, setTried] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((current) => ({ ...current, ...part }));
  const habit = habits.find(({ id }) => id === draft.habit);
  const lacking = missing(draft, habit);
  const complete = Object.keys(lacking).length === 0;
  const wanted = ruleOf(draft, habit);
  const fields = { draft, change, errors: tried ? lacking : {} };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setTried(true);
    if (!complete) return void requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    save.mutate(wanted, {
      onSuccess() {
        toast("Saved.");
        onClose();
      },
    });
  };
  return (
    <Sheet title={rule ? "Change the rule" : "New rule"} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        {save.isError && (
          <Notice tone="warn" role="alert">
            {inWords(save.error)}
          </Notice>
        )}
        <TypeField
          label="When an event of this type arrives"
          data-first
          types={known}
          value={draft.type}
          error={fields.errors.type}
          onChange={(type) => change({ type })}
        />
        <Conditions {...fields} />
        <SelectField label="Check in" value={draft.habit} error={fields.errors.habit} onChange={(event) => change({ habit: event.target.value })}>
          <option value="">Choose a habit</option>
          {habits.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        {habit && countsAmounts(habit) && <Amount {...fields} unit={habit.unit} />}
        <RulePreview rule={complete ? wanted : null} sentence={complete ? ruleInWords(wanted, habit) : null} />
        <div className="row">
          <Button type="submit" kind="primary" disabled={save.isPending}>
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

function Amount({ draft, change, errors, unit }: FieldsProps & { unit: string | null }) {
  return (
    <>
      <Choice
        legend="With each event"
        options={[
          { value: "once", label: "One tap" },
          { value: "fixed", label: "An amount" },
          { value: "from", label: "A number in it" },
        ]}
        value={draft.how}
        onChange={(how) => change({ how })}
      />
      {draft.how === "fixed" && (
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
      {draft.how === "from" && (
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
