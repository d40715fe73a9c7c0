// One form for new habits and for changing them.
import { type FormEvent, useEffect, useRef, useState } from "react";
import { fieldErrors, inWords } from "@/api/problem";
import { session } from "@/api/session";
import type { NewHabit } from "@/api/types";
import { Button, ButtonLink } from "@/components/Button";
import { Card } from "@/components/Card";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { ruleInWords } from "@/features/check-ins/words";
import { lackingInNudge, NudgeFields } from "@/features/reminders/NudgeFields";
import { TimesFields } from "@/features/reminders/TimesFields";
import type { NudgeWish } from "@/features/reminders/types";
import { focusTrouble } from "@/lib/trouble";
import { AmountFields } from "./AmountFields";
import { type Draft, inputOf, missing, ruleOf } from "./draft";
import { LookFields } from "./LookFields";
import { ScheduleFields } from "./ScheduleFields";

type Props = {
  initial: Draft;
  /** How it is nudged so far; null while nobody knows. */
  nudge: NudgeWish | null;
  action: string;
  cancelTo: string;
  busy: boolean;
  error: unknown;
  /** `nudge` is null when it was not touched. */
  onSubmit: (habit: NewHabit, nudge: NudgeWish | null) => void;
};

export type FieldsProps = { draft: Draft; change: (part: Partial<Draft>) => void; errors: Record<string, string> };

export function HabitForm({ initial, nudge, action, cancelTo, busy, error, onSubmit }: Props) {
  const [draft, setDraft] = useState(initial);
  const [chosen, setChosen] = useState<NudgeWish | null>(null);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) focusTrouble(form.current);
  }, [error]);
  const change = (part: Partial<Draft>) => setDraft((current) => ({ ...current, ...part }));
  const weekStart = session.get().user?.week_start ?? 0;
  const wish = chosen ?? nudge;
  const reminded = draft.kind !== "avoid";
  const trouble = reminded && wish ? lackingInNudge(wish) : undefined;
  const lacking: Record<string, string> = { ...missing(draft), ...(trouble && { nudge: trouble }) };
  const errors = { ...fieldErrors(error), ...(tried ? lacking : {}) };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(lacking).length > 0) focusTrouble(form.current);
    else onSubmit(inputOf(draft, weekStart), chosen);
  };
  const fields = { draft, change, errors };

  return (
    <form ref={form} className="stack" onSubmit={submit} noValidate>
      {error !== null && error !== undefined && (
        <Notice tone="warn" role="alert">
          {inWords(error)}
        </Notice>
      )}
      <Card title="What">
        <TextField
          label="Name"
          required
          maxLength={100}
          hint="For example: Read 20 pages"
          value={draft.name}
          error={errors.name}
          onChange={(event) => change({ name: event.target.value })}
        />
        <TextField
          label="Question (optional)"
          maxLength={300}
          hint="For example: Did I read before going to bed?"
          value={draft.question}
          error={errors.question}
          onChange={(event) => change({ question: event.target.value })}
        />
      </Card>
      <Card title="How often">
        <ScheduleFields {...fields} />
        {draft.kind !== "avoid" && <AmountFields {...fields} />}
        <p className="preview" aria-live="polite">
          {ruleInWords(ruleOf(draft, weekStart))}
        </p>
      </Card>
      {reminded && (
        <Card title="Reminders">
          <TimesFields slots={draft.slots} onChange={(slots) => change({ slots })} error={errors.reminders} />
          {wish && <NudgeFields wish={wish} onChange={setChosen} error={errors.nudge} />}
        </Card>
      )}
      <Card title="Look and order">
        <LookFields {...fields} />
        <TextField
          label="Tags (optional)"
          hint="Separated by commas, such as morning, health. The first tag is its section on the Habits page."
          value={draft.tags}
          error={errors.tags}
          onChange={(event) => change({ tags: event.target.value })}
        />
        <TextField
          label="Counts from"
          type="date"
          required
          hint="An earlier day lets you fill in what you did before."
          value={draft.start}
          error={errors.start}
          onChange={(event) => change({ start: event.target.value })}
        />
      </Card>
      <div className="row">
        <Button type="submit" kind="primary" disabled={busy}>
          {action}
        </Button>
        <ButtonLink href={cancelTo} kind="quiet">
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
