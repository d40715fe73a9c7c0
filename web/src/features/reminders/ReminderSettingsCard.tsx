// When reminders may come at all, for every habit.
import { type FormEvent, useState } from "react";
import { fieldErrors, inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { SelectField, Switch, TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { toast } from "@/lib/toasts";
import { weekdayNames } from "@/lib/words";
import { type Draft, draftOf, settingsFrom } from "./draft";
import { useChangeReminderSettings, useReminderSettings } from "./queries";
import type { ReminderSettings } from "./types";

export function ReminderSettingsCard() {
  const { data, error, isPaused } = useReminderSettings();
  return (
    <Card title="When reminders may come" id="reminders">
      {data ? (
        <Form settings={data} />
      ) : (
        <p className="muted">{error ? inWords(error) : isPaused ? "Shown when you are online." : "Loading…"}</p>
      )}
    </Card>
  );
}

type Fields = { draft: Draft; change: (part: Partial<Draft>) => void; errors: Record<string, string> };

function Form({ settings }: { settings: ReminderSettings }) {
  const [edited, setEdited] = useState<Draft | null>(null);
  const draft = edited ?? draftOf(settings);
  const save = useChangeReminderSettings();
  const fields = {
    draft,
    errors: fieldErrors(save.error),
    change: (part: Partial<Draft>) => setEdited({ ...draft, ...part }),
  };
  const wanted = settingsFrom(draft);
  const saved = () => {
    setEdited(null);
    toast("Saved.");
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(wanted, { onSuccess: saved });
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {save.isError && (
        <Notice tone="warn" role="alert">
          {inWords(save.error)}
        </Notice>
      )}
      <Switch
        label="Remind me"
        hint="Off means no reminder and no nudge, for any habit."
        checked={draft.enabled}
        onChange={(event) => fields.change({ enabled: event.target.checked })}
      />
      <Peace {...fields} />
      <Reports {...fields} />
      <div>
        <Button type="submit" kind="primary" disabled={save.isPending || !edited}>
          Save
        </Button>
      </div>
    </form>
  );
}

/** Two fields beside each other. */
const Pair = ({ children }: { children: [React.ReactNode, React.ReactNode] }) => (
  <div className="row" style={{ alignItems: "start" }}>
    <div style={{ flex: "1 1 8rem" }}>{children[0]}</div>
    <div style={{ flex: "1 1 8rem" }}>{children[1]}</div>
  </div>
);

function Peace({ draft, change, errors }: Fields) {
  return (
    <>
      <Switch
        label="Quiet hours of my own"
        hint="No reminder comes then. Nudges also rest from 22:00 to 08:00."
        checked={draft.quiet}
        onChange={(event) => change({ quiet: event.target.checked })}
      />
      {draft.quiet && (
        <Pair>
          <TextField
            label="Quiet from"
            type="time"
            value={draft.quietFrom}
            error={errors.quiet_hours && "Quiet hours begin and end at different times."}
            onChange={(event) => change({ quietFrom: event.target.value })}
          />
          <TextField label="Quiet to" type="time" value={draft.quietTo} onChange={(event) => change({ quietTo: event.target.value })} />
        </Pair>
      )}
      <TextField
        label="On vacation until (optional)"
        type="date"
        hint="No reminders up to and including that day."
        value={draft.vacationUntil}
        error={errors.vacation_until}
        onChange={(event) => change({ vacationUntil: event.target.value })}
      />
    </>
  );
}

function Reports({ draft, change, errors }: Fields) {
  return (
    <>
      <Switch
        label="Streak milestones"
        hint="A word when a streak reaches a week, a month, a hundred."
        checked={draft.milestones}
        onChange={(event) => change({ milestones: event.target.checked })}
      />
      <Switch label="A summary each day" checked={draft.daily} onChange={(event) => change({ daily: event.target.checked })} />
      {draft.daily && (
        <TextField
          label="Daily summary at"
          type="time"
          value={draft.dailyAt}
          error={errors.daily_summary}
          onChange={(event) => change({ dailyAt: event.target.value })}
        />
      )}
      <Switch label="A report each week" checked={draft.weekly} onChange={(event) => change({ weekly: event.target.checked })} />
      {draft.weekly && (
        <Pair>
          <SelectField label="Weekly report on" value={draft.weeklyDay} onChange={(event) => change({ weeklyDay: Number(event.target.value) })}>
            {weekdayNames.map((name, day) => (
              <option key={name} value={day}>
                {name}
              </option>
            ))}
          </SelectField>
          <TextField
            label="Weekly report at"
            type="time"
            value={draft.weeklyAt}
            error={errors.weekly_report}
            onChange={(event) => change({ weeklyAt: event.target.value })}
          />
        </Pair>
      )}
      <Switch label="A report each month" checked={draft.monthly} onChange={(event) => change({ monthly: event.target.checked })} />
      {draft.monthly && (
        <Pair>
          <SelectField
            label="Monthly report on day"
            value={draft.monthlyDay}
            onChange={(event) => change({ monthlyDay: Number(event.target.value) })}
          >
            {Array.from({ length: 28 }, (_, index) => (
              <option key={index} value={index + 1}>
                {index + 1}
              </option>
            ))}
          </SelectField>
          <TextField
            label="Monthly report at"
            type="time"
            value={draft.monthlyAt}
            error={errors.monthly_report}
            onChange={(event) => change({ monthlyAt: event.target.value })}
          />
        </Pair>
      )}
    </>
  );
}
