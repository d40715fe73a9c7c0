// One mood while it is being written: face, note, tags and time.
import { type FormEvent, useId, useState } from "react";
import { session } from "@/api/session";
import { Button } from "@/components/Button";
import { Face } from "@/components/Face";
import { TextArea, TextField } from "@/components/Field";
import { type IsoDate, instantOn } from "@/lib/days";
import type { Draft } from "./actions";
import styles from "./MoodSheet.module.css";
import { useFaces, useMoodSummary } from "./queries";

type Props = {
  initial: Draft;
  date: IsoDate;
  zone?: string;
  focusNote: boolean;
  onSave: (draft: Draft) => void;
  onCancel: () => void;
};

const SUGGESTED = 12;

export function Editor({ initial, date, zone, focusNote, onSave, onCancel }: Props) {
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<{ score?: string; time?: string }>({});
  const change = (part: Partial<Draft>) => setDraft((current) => ({ ...current, ...part }));

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = lacking(draft, initial, date, zone);
    setProblems(found);
    if (Object.keys(found).length === 0) onSave(draft);
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <FaceChoice value={draft.score} error={problems.score} onChange={(score) => change({ score })} />
      <TextArea
        label="Note (optional)"
        value={draft.note}
        maxLength={2000}
        autoFocus={focusNote}
        onChange={(event) => change({ note: event.target.value })}
      />
      <Tags value={draft.tags} onChange={(tags) => change({ tags })} />
      <TextField
        label="Time"
        type="time"
        required
        value={draft.time}
        error={problems.time}
        onChange={(event) => change({ time: event.target.value })}
      />
      <div className="row">
        <Button type="submit" kind="primary">
          Save
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function lacking(draft: Draft, initial: Draft, date: IsoDate, zone?: string): { score?: string; time?: string } {
  const { timezone, rollover_hour } = session.get().user!;
  if (draft.score === 0) return { score: "Choose a face." };
  if (!draft.time) return { time: "Choose a time." };
  const isAhead = Date.parse(instantOn(date, draft.time, zone ?? timezone, rollover_hour)) > Date.now();
  return isAhead && draft.time !== initial.time ? { time: "This time is still to come." } : {};
}

function FaceChoice({ value, error, onChange }: { value: number; error?: string; onChange: (score: number) => void }) {
  const faces = useFaces();
  const name = useId();
  return (
    <fieldset>
      <legend className="visually-hidden">Mood</legend>
      <div className={styles.choice}>
        {faces.map((look, index) => (
          <label key={look.label} className={styles.option}>
            <input
              type="radio"
              name={name}
              checked={value === index + 1}
              aria-label={`${look.label}, ${index + 1} of 5`}
              onChange={() => onChange(index + 1)}
            />
            <Face score={index + 1} look={look} />
            <span>{look.label}</span>
          </label>
        ))}
      </div>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function Tags({ value, onChange }: { value: string[]; onChange: (tags: string[]) => void }) {
  const { data } = useMoodSummary(365);
  const [text, setText] = useState("");
  const [own] = useState(value);
  const known = (data?.tags ?? []).slice(0, SUGGESTED).map(({ tag }) => tag);
  const shown = [...new Set([...own, ...known, ...value])];

  const add = () => {
    const tags = text.split(",").map((each) => each.trim().replace(/^#/, "").slice(0, 30)).filter(Boolean);
    if (tags.length > 0) onChange([...new Set([...value, ...tags])]);
    setText("");
  };
  const toggle = (tag: string) => onChange(value.includes(tag) ? value.filter((each) => each !== tag) : [...value, tag]);

  return (
    <fieldset>
      <legend>Tags (optional)</legend>
      <div className={styles.tags}>
        {shown.map((tag) => (
          <button key={tag} type="button" className={styles.tag} aria-pressed={value.includes(tag)} onClick={() => toggle(tag)}>
            {tag}
          </button>
        ))}
      </div>
      <div className={styles.newTag}>
        <TextField
          label="New tag"
          hideLabel
          placeholder="New tag, such as sleep"
          value={text}
          maxLength={30}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <Button onClick={add}>Add tag</Button>
      </div>
    </fieldset>
  );
}
