// One form for new goals and for changing them.
import { type FormEvent, useState } from "react";
import { fieldErrors, inWords as problemInWords } from "@/api/problem";
import { habitDayNow } from "@/api/session";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Sheet } from "@/components/Sheet";
import { toast } from "@/lib/toasts";
import { focusTrouble } from "@/lib/trouble";
import { useOperation } from "../operation";
import { useChangeGoal, useCreateGoal, useLinkedHabits } from "../queries";
import type { Goal } from "../types";
import { changesOf, type Draft, draftOf, emptyDraft, inputOf, inWords, missing } from "./draft";
import { HabitFields } from "./HabitFields";
import { MilestoneFields } from "./MilestoneFields";

export type FieldsProps = { draft: Draft; change: (part: Partial<Draft>) => void; errors: Record<string, string> };

/** `wish` is filled in for the reader, who still has to save it. */
type Props = { goal?: Goal; wish?: Partial<Draft>; onClose: () => void };

const side = { display: "grid", gap: "0.75rem", gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)", alignItems: "start" };

function useSave(goal: Goal | undefined, onClose: () => void) {
  const create = useCreateGoal();
  const change = useChangeGoal(goal?.id ?? "");
  const { idOf } = useOperation();
  const save = (draft: Draft, form: HTMLFormElement) => {
    const rest = {
      onSuccess({ name }: Goal) {
        toast(goal ? "Saved." : `${name} starts.`);
        onClose();
      },
      onError: () => focusTrouble(form),
    };
    if (goal) change.mutate(changesOf(goal, draft), rest);
    else create.mutate({ goal: inputOf(draft), operation: idOf(inputOf(draft)) }, rest);
  };
  const { error, isPending } = goal ? change : create;
  return { save, error, isPending };
}

export function GoalSheet({ goal: latest, wish, onClose }: Props) {
  // As it was when the form opened: what another device changes meanwhile is not this form's to undo.
  const [goal] = useState(latest);
  const [draft, setDraft] = useState<Draft>(() => ({ ...(goal ? draftOf(goal) : emptyDraft(habitDayNow())), ...wish }));
  const [tried, setTried] = useState(false);
  const { save, error, isPending } = useSave(goal, onClose);
  const habits = useLinkedHabits(goal?.habits ?? []);
  const change = (part: Partial<Draft>) => setDraft((current) => ({ ...current, ...part }));
  const lacking = missing(draft);
  const errors = { ...fieldErrors(error), ...(tried ? lacking : {}) };
  const preview = inWords(draft, habits);
  const fields = { draft, change, errors };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget;
    if (Object.keys(lacking).length > 0) focusTrouble(form);
    else save(draft, form);
  };

  return (
    <Sheet title={goal ? `Edit ${goal.name}` : "New goal"} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <TextField
          data-first={wish?.deadline ? undefined : true}
          label="Name"
          required
          maxLength={100}
          hint="For example: Run 500 km"
          value={draft.name}
          error={errors.name}
          onChange={(event) => change({ name: event.target.value })}
        />
        <div style={side}>
          <TextField
            label="Number"
            type="number"
            inputMode="decimal"
            required
            min={0}
            step="any"
            value={draft.target}
            error={errors.target}
            onChange={(event) => change({ target: event.target.value })}
          />
          <TextField
            label="Unit"
            hint="Optional, such as km"
            maxLength={30}
            value={draft.unit}
            error={errors.unit}
            onChange={(event) => change({ unit: event.target.value })}
          />
          <TextField
            label="Counts from"
            type="date"
            required
            max={habitDayNow()}
            value={draft.start}
            error={errors.start}
            onChange={(event) => change({ start: event.target.value })}
          />
          <TextField
            data-first={wish?.deadline ? true : undefined}
            label="Deadline"
            hint="Optional"
            type="date"
            min={draft.start}
            value={draft.deadline}
            error={errors.deadline}
            onChange={(event) => change({ deadline: event.target.value })}
          />
        </div>
        <HabitFields {...fields} habits={habits} />
        <MilestoneFields {...fields} />
        <p className="preview" aria-live="polite">
          {preview ?? "A number, and what adds up to it."}
        </p>
        {error && (
          <Notice tone="warn" role="alert">
            {problemInWords(error)}
          </Notice>
        )}
        <div className="row">
          <Button type="submit" kind="primary" disabled={isPending}>
            {goal ? "Save" : "Start this goal"}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
