// The words of messages, to be changed by whoever reads them.
import { useState } from "react";
import { inWords } from "@/api/problem";
import { Button, ButtonLink } from "@/components/Button";
import { Card } from "@/components/Card";
import { Choice } from "@/components/Choice";
import { SelectField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { usePageTitle } from "@/lib/hooks";
import { useChannels, useTemplates } from "../queries";
import type { Kind, Language, TemplateName, Templates } from "../types";
import { kindInWords, languages, subjectInWords } from "../words";
import { inForce, nameKey } from "./draft";
import { Editor } from "./Editor";

export default function TemplatesPage() {
  usePageTitle("Texts");
  const { data, error, isPaused, refetch } = useTemplates();
  return (
    <div className="page stack">
      <h1>Texts of messages</h1>
      {!data &&
        (error || isPaused ? (
          <Notice tone="warn" role="alert" title={error ? inWords(error) : "You are offline. The texts are shown when you are back."}>
            <Button onClick={() => void refetch()}>Try again</Button>
          </Notice>
        ) : (
          <div className="loading" role="status" aria-label="Loading texts" />
        ))}
      {data && <Chosen templates={data} />}
      <div>
        <ButtonLink href="/integrations">Integrations</ButtonLink>
      </div>
    </div>
  );
}

function Chosen({ templates }: { templates: Templates }) {
  const [name, setName] = useState<TemplateName>({ kind: templates.kinds[0]?.kind ?? "reminder", language: "en", channel: null });
  const channels = useChannels().data?.available ?? [];
  const words = inForce(templates, name);
  const variables = templates.kinds.find(({ kind }) => kind === name.kind)?.variables ?? [];
  const change = (part: Partial<TemplateName>) => setName((current) => ({ ...current, ...part }));
  return (
    <Card title={subjectInWords(name.kind)}>
      <SelectField label="Message" value={name.kind} onChange={(event) => change({ kind: event.target.value })}>
        {templates.kinds.map(({ kind }) => (
          <option key={kind} value={kind}>
            {subjectInWords(kind)}
          </option>
        ))}
      </SelectField>
      <Choice legend="Language" options={[...languages]} value={name.language} onChange={(language: Language) => change({ language })} />
      <SelectField label="Where" value={name.channel ?? ""} onChange={(event) => change({ channel: (event.target.value || null) as Kind | null })}>
        <option value="">Everywhere</option>
        {channels.map(({ kind }) => (
          <option key={kind} value={kind}>
            Only on {kindInWords(kind)}
          </option>
        ))}
      </SelectField>
      <Editor key={nameKey(name)} name={name} words={words} variables={variables} />
    </Card>
  );
}
