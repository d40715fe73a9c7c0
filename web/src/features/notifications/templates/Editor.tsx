// One text while it is being written, with how it would read.
import { type FormEvent, useRef, useState } from "react";
import { fieldErrors, inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { TextArea, TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { useSettled } from "@/lib/hooks";
import { toast } from "@/lib/toasts";
import { useResetTemplate, useSaveTemplate, useTemplatePreview } from "../queries";
import type { TemplateName, Words } from "../types";
import { insert } from "./draft";

const TYPING_MS = 300;

const failed = (error: unknown) => void toast(`Not reset. ${inWords(error)}`);

type Props = { name: TemplateName; words: Words & { own: boolean }; variables: string[] };

export function Editor({ name, words, variables }: Props) {
  const [edited, setEdited] = useState<Words | null>(null);
  const { title, body } = edited ?? words;
  const change = (part: Partial<Words>) => setEdited({ title, body, ...part });
  const area = useRef<HTMLDivElement>(null);
  const save = useSaveTemplate();
  const reset = useResetTemplate();
  const errors = fieldErrors(save.error);
  const busy = save.isPending || reset.isPending;

  const done = (said: string) => {
    setEdited(null);
    toast(said);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate({ ...name, title, body }, { onSuccess: () => done("Saved. The next message reads like this.") });
  };
  const put = (variable: string) => {
    const field = area.current!.querySelector("textarea")!;
    const { text, cursor } = insert(body, variable, field.selectionStart);
    change({ body: text });
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(cursor, cursor);
    });
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {save.isError && (
        <Notice tone="warn" role="alert">
          {inWords(save.error)}
        </Notice>
      )}
      <TextField label="Title" maxLength={200} value={title} error={errors.title} onChange={(event) => change({ title: event.target.value })} />
      <div ref={area}>
        <TextArea label="Text" rows={4} maxLength={2000} value={body} error={errors.body} onChange={(event) => change({ body: event.target.value })} />
      </div>
      {variables.length > 0 && (
        <div className="row" role="group" aria-label="What can stand in the text">
          {variables.map((variable) => (
            <Button key={variable} aria-label={`Insert ${variable}`} onClick={() => put(variable)}>
              <code>{variable}</code>
            </Button>
          ))}
        </div>
      )}
      <Preview name={name} title={title} body={body} />
      <div className="row">
        <Button type="submit" kind="primary" disabled={busy || !edited}>
          Save
        </Button>
        {words.own && (
          <Button disabled={busy} onClick={() => reset.mutate(name, { onSuccess: () => done("Back to Daybeat’s own words."), onError: failed })}>
            Back to the usual text
          </Button>
        )}
      </div>
    </form>
  );
}

function Preview({ name, title, body }: { name: TemplateName } & Words) {
  const template = useSettled(JSON.stringify({ ...name, title, body }), TYPING_MS);
  const { data, error } = useTemplatePreview(template);
  return (
    <section className="preview" aria-label="How it reads" aria-live="polite">
      {error ? (
        <p className="error">{inWords(error)}</p>
      ) : (
        <>
          <p dir="auto">{data?.title ?? "…"}</p>
          <p dir="auto" style={{ fontWeight: 400, whiteSpace: "pre-line", overflowWrap: "anywhere" }}>
            {data?.body}
          </p>
        </>
      )}
    </section>
  );
}
