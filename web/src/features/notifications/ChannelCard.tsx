// One way to reach somebody: whether it works, what is told there, and a test.
import { useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Switch } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { State } from "@/components/State";
import { toast } from "@/lib/toasts";
import { EditSheet } from "./EditSheet";
import { useOwnChannel } from "./push";
import { useChangeChannel, useRemoveChannel } from "./queries";
import { TestResult, useTest } from "./TestResult";
import { TurnOnAgain } from "./add/BrowserSheet";
import type { Channel, ChannelChange } from "./types";
import { kindInWords, lastSent, nameOf, standing, topics } from "./words";

const failed = (error: unknown) => void toast(`Not saved. ${inWords(error)}`);

export function ChannelCard({ channel, pushKey }: { channel: Channel; pushKey: string }) {
  const [open, setOpen] = useState<"edit" | "remove" | null>(null);
  const change = useChangeChannel(channel.id);
  const test = useTest(channel.id);
  const { is, word, more } = standing(channel);
  const save = (part: ChannelChange) => change.mutate(part, { onError: failed });
  const isHere = useOwnChannel() === channel.id;
  const { kind, address, enabled } = channel;
  const name = nameOf(channel);
  const blocked = enabled && channel.state === "blocked";

  return (
    <Card title={name} aside={<State is={is}>{word}</State>}>
      <p className="muted" style={{ overflowWrap: "anywhere" }}>
        {kindInWords(kind)}
        {isHere ? " · this one" : address && ` · ${address}`}
        <br />
        <small>{lastSent(channel)}</small>
      </p>
      {more && <p className={is === "bad" ? "error" : "muted"}>{more}</p>}
      {isHere && blocked && <TurnOnAgain channel={channel} pushKey={pushKey} />}
      <Topics channel={{ ...channel, kinds: (change.isPending && change.variables.kinds) || channel.kinds }} onChange={save} />
      <TestResult test={test} />
      {open === "remove" ? (
        <Remove channel={channel} onClose={() => setOpen(null)} />
      ) : (
        <div className="row">
          {blocked ? (
            <Button aria-label={`Try ${name} again`} disabled={change.isPending} onClick={() => save({ enabled: true })}>
              Try again
            </Button>
          ) : (
            <Button aria-label={`Test ${name}`} disabled={test.busy || !enabled} onClick={test.send}>
              Test
            </Button>
          )}
          <Button aria-label={`${enabled ? "Pause" : "Go on with"} ${name}`} disabled={change.isPending} onClick={() => save({ enabled: !enabled })}>
            {enabled ? "Pause" : "Go on"}
          </Button>
          <Button aria-label={`Edit ${name}`} onClick={() => setOpen("edit")}>
            Edit
          </Button>
          <Button aria-label={`Remove ${name}`} onClick={() => setOpen("remove")}>
            Remove
          </Button>
        </div>
      )}
      {open === "edit" && <EditSheet channel={channel} onClose={() => setOpen(null)} />}
    </Card>
  );
}

/** Each is a switch of its own and saves itself. */
function Topics({ channel, onChange }: { channel: Channel; onChange: (part: ChannelChange) => void }) {
  const { kinds } = channel;
  return (
    <fieldset>
      <legend className="visually-hidden">What is told on {nameOf(channel)}</legend>
      {topics.map(({ topic, label }) => {
        const told = kinds.includes(topic);
        return (
          <Switch
            key={topic}
            label={label}
            checked={told}
            onChange={() => onChange({ kinds: told ? kinds.filter((each) => each !== topic) : [...kinds, topic] })}
          />
        );
      })}
    </fieldset>
  );
}

function Remove({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const remove = useRemoveChannel(channel.id);
  const name = nameOf(channel);
  const confirm = () =>
    remove.mutate(undefined, { onSuccess: () => void toast(`${name} is removed.`), onError: (error) => void toast(`Not removed. ${inWords(error)}`) });
  return (
    <Notice tone="warn" role="alert" title={`Remove ${name}?`}>
      <p>Nothing is sent there any more, and what was sent there leaves the history. To rest it for a while, pause it.</p>
      <div className="row">
        <Button kind="warn" disabled={remove.isPending} onClick={confirm}>
          Remove it
        </Button>
        <Button autoFocus onClick={onClose}>
          Keep it
        </Button>
      </div>
    </Notice>
  );
}
