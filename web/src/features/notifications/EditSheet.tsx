// Name, language and address of a channel. The address is a secret of its own, so it is written anew or stays.
import { type FormEvent, useState } from "react";
import { fieldErrors, inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { Sheet } from "@/components/Sheet";
import { toast } from "@/lib/toasts";
import { AddressFields } from "./add/AddressFields";
import { addressFrom, blankFields, fieldsOf } from "./add/addresses";
import { useChangeChannel } from "./queries";
import type { Channel } from "./types";
import { languages, nameOf } from "./words";

export function EditSheet({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const change = useChangeChannel(channel.id);
  const [name, setName] = useState(channel.name);
  const [language, setLanguage] = useState(channel.language);
  const [fields, setFields] = useState(() => blankFields(channel.kind));
  const errors = fieldErrors(change.error);
  const isAnew = Object.values(fields).some((text) => text.trim() !== "");

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const address = isAnew ? { address: addressFrom(channel.kind, fields) } : {};
    change.mutate(
      { name: name.trim(), language, ...address },
      {
        onSuccess() {
          toast("Saved.");
          onClose();
        },
      },
    );
  };
  return (
    <Sheet title={`Edit ${nameOf(channel)}`} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        {change.isError && (
          <Notice tone="warn" role="alert">
            {inWords(change.error)}
          </Notice>
        )}
        <TextField label="Name" data-first maxLength={100} value={name} error={errors.name} onChange={(event) => setName(event.target.value)} />
        <Choice legend="Language of its messages" options={[...languages]} value={language} onChange={setLanguage} />
        {fieldsOf(channel.kind).length > 0 && (
          <>
            <p className="muted" style={{ overflowWrap: "anywhere" }}>
              It goes to {channel.address}. Leave the rest empty to keep that.
            </p>
            <AddressFields kind={channel.kind} values={fields} onChange={setFields} error={errors.address} />
          </>
        )}
        <div className="row">
          <Button type="submit" kind="primary" disabled={change.isPending}>
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
