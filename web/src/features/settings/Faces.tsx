// The five faces: how they look, what they are called, and whether they may count on the wall.
import { type FormEvent, useState } from "react";
import { fieldErrors, inWords } from "@/api/problem";
import type { Face as Look, MoodSettings } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Face } from "@/components/Face";
import { Switch, TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { drawn, useChangeMoodSettings, useMoodSettings } from "@/features/moods/queries";
import { toast } from "@/lib/toasts";
import { capitalised } from "@/lib/words";
import styles from "./Settings.module.css";

const saved = { onSuccess: () => void toast("Saved."), onError: (error: unknown) => void toast(`Not saved. ${inWords(error)}`) };

export function Faces() {
  const settings = useMoodSettings();
  return (
    <Card title="Faces">
      <p className="muted">Call your moods what you call them. A sign of your own, such as an emoji, takes the place of the drawing.</p>
      {settings.data ? (
        <Editor key={JSON.stringify(settings.data.faces)} settings={settings.data} />
      ) : (
        <p className="muted">{settings.isError ? inWords(settings.error) : settings.isPaused ? "Shown when you are online." : "Loading…"}</p>
      )}
    </Card>
  );
}

function Editor({ settings }: { settings: MoodSettings }) {
  const [faces, setFaces] = useState(settings.faces);
  const change = useChangeMoodSettings();
  const errors = fieldErrors(change.error);
  const put = (index: number, part: Partial<Look>) =>
    setFaces((current) => current.map((each, at) => (at === index ? { ...each, ...part } : each)));
  const save = (wanted: Look[]) =>
    change.mutate({ faces: wanted.map(({ face, label }) => ({ face: face?.trim() || null, label: label.trim() })) }, { onSuccess: saved.onSuccess });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save(faces);
  };
  const isDrawn = settings.faces.every(({ face, label }, index) => !face && label === drawn[index]!.label);

  return (
    <form className="stack" onSubmit={submit} noValidate>
      {change.isError && (
        <Notice tone="warn" role="alert">
          {capitalised(errors.body ?? errors.faces ?? inWords(change.error))}
        </Notice>
      )}
      <ul className={styles.faces}>
        {faces.map((look, index) => (
          // A face is its place on the scale.
          <li key={drawn[index]!.label}>
            <Face score={index + 1} look={look} />
            <TextField
              label={`Sign of mood ${index + 1}`}
              hideLabel
              maxLength={8}
              placeholder="Drawn"
              value={look.face ?? ""}
              onChange={(event) => put(index, { face: event.target.value || null })}
            />
            <TextField
              label={`Word for mood ${index + 1}`}
              hideLabel
              required
              maxLength={20}
              value={look.label}
              onChange={(event) => put(index, { label: event.target.value })}
            />
          </li>
        ))}
      </ul>
      <div className="row">
        <Button type="submit" disabled={change.isPending}>
          Save faces
        </Button>
        {!isDrawn && (
          <Button kind="quiet" disabled={change.isPending} onClick={() => save(drawn)}>
            Back to Daybeat’s own
          </Button>
        )}
      </div>
    </form>
  );
}

export function OnTheWall() {
  const { data } = useMoodSettings();
  const change = useChangeMoodSettings();
  return (
    <Card title="The wall">
      <Switch
        label="Count my moods on the wall, without my name"
        hint="The wall shows how everybody here feels. Your moods count only together with those of at least two other people, and only those from now on."
        checked={(change.isPending ? change.variables.share_on_wall : data?.share_on_wall) ?? false}
        disabled={!data}
        onChange={(event) => change.mutate({ share_on_wall: event.target.checked }, saved)}
      />
      <p className={styles.links}>
        <a href="/mood-wall/">Open the wall</a>
        <a href="/mood-sender/">Open the sender</a>
      </p>
    </Card>
  );
}
