// A channel that needs an address and nothing else.
import { type FormEvent, useState } from "react";
import { fieldErrors, inWords } from "@/api/problem";
import { session } from "@/api/session";
import { Button } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Raw } from "@/components/Raw";
import { Sheet } from "@/components/Sheet";
import { toast } from "@/lib/toasts";
import { useAddChannel } from "../queries";
import type { ChannelMade, Kind, Language } from "../types";
import { kindInWords, languages, nameOf } from "../words";
import { AddressFields } from "./AddressFields";
import { addressFrom, blankFields, lacking, suggestTopic, type Values } from "./addresses";
import { WebhookSecret } from "./WebhookSecret";

function begin(kind: Kind): Values {
  const blank = blankFields(kind);
  if (kind === "email") return { ...blank, to: session.get().user?.email ?? "" };
  return kind === "ntfy" ? { ...blank, topic: suggestTopic() } : blank;
}

export function AddSheet({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const [made, setMade] = useState<ChannelMade | null>(null);
  const done = (channel: ChannelMade) => {
    if (channel.secret) return setMade(channel);
    toast(`${nameOf(channel)} is added. Send a test to see whether it arrives.`);
    onClose();
  };
  return (
    <Sheet title={made ? nameOf(made) : `Add ${kindInWords(kind)}`} onClose={onClose}>
      {made?.secret ? <WebhookSecret secret={made.secret} onClose={onClose} /> : <Form kind={kind} onMade={done} onClose={onClose} />}
    </Sheet>
  );
}

function Form({ kind, onMade, onClose }: { kind: Kind; onMade: (channel: ChannelMade) => void; onClose: () => void }) {
  const add = useAddChannel();
  const [values, setValues] = useState(() => begin(kind));
  const [name, setName] = useState("");
  const [language, setLanguage] = useState<Language>("en");
  const [tried, setTried] = useState(false);
  const missing = lacking(kind, values);
  const errors = fieldErrors(add.error);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setTried(true);
    if (Object.keys(missing).length > 0) return void requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    add.mutate({ kind, address: addressFrom(kind, values), language, ...(name.trim() && { name: name.trim() }) }, { onSuccess: onMade });
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {add.isError && (
        <Notice tone="warn" role="alert">
          {inWords(add.error)}
        </Notice>
      )}
      {kind === "mqtt" && <MqttTopic />}
      <AddressFields kind={kind} values={values} onChange={setValues} errors={tried ? missing : {}} error={errors.address} />
      <TextField
        label="Name (optional)"
        hint="What you call it, such as my phone"
        maxLength={100}
        value={name}
        error={errors.name}
        onChange={(event) => setName(event.target.value)}
      />
      <Choice legend="Language of its messages" options={[...languages]} value={language} onChange={setLanguage} />
      <div className="row">
        <Button type="submit" kind="primary" disabled={add.isPending}>
          Add
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

const MqttTopic = () => (
  <>
    <p>Messages come as JSON on this topic. A device that you added in Settings may listen there.</p>
    <Raw label="Topic">{`daybeat/u/${session.get().user?.id}/notification`}</Raw>
  </>
);
