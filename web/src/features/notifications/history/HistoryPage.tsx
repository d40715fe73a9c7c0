// Everything that was sent, and everything that was not, with the reason.
import { inWords } from "@/api/problem";
import { session } from "@/api/session";
import { Button, ButtonLink } from "@/components/Button";
import { Card } from "@/components/Card";
import { SelectField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { State } from "@/components/State";
import { usePageTitle } from "@/lib/hooks";
import { useStore } from "@/lib/store";
import { instant } from "@/lib/words";
import { useChannels } from "../queries";
import { deliveryInWords, dotOf, nameOf, skippedInWords, stateInWords, subjectInWords } from "../words";
import type { Entry } from "./merge";
import { states, useFilter, useSentAndUnsent } from "./useHistory";

export default function HistoryPage() {
  usePageTitle("Sent and not sent");
  const filter = useFilter();
  return (
    <div className="page stack">
      <h1>Sent and not sent</h1>
      <Card>
        <Filters {...filter} />
        <Entries key={`${filter.channel} ${filter.state}`} filter={filter} />
      </Card>
      <div>
        <ButtonLink href="/integrations">Integrations</ButtonLink>
      </div>
    </div>
  );
}

function Filters({ channel, state, change }: ReturnType<typeof useFilter>) {
  const { data } = useChannels();
  return (
    <div className="row">
      <div style={{ flex: "1 1 10rem" }}>
        <SelectField label="Channel" value={channel} onChange={(event) => change("channel", event.target.value)}>
          <option value="">All channels</option>
          {data?.items.map((each) => (
            <option key={each.id} value={each.id}>
              {nameOf(each)}
            </option>
          ))}
        </SelectField>
      </div>
      <div style={{ flex: "1 1 10rem" }}>
        <SelectField label="What became of it" value={state} onChange={(event) => change("state", event.target.value)}>
          {states.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
    </div>
  );
}

function Entries({ filter }: { filter: { channel: string; state: string } }) {
  const { entries, loaded, error, isPaused, busy, more, again } = useSentAndUnsent(filter);
  const zone = useStore(session, ({ user }) => user?.timezone ?? "UTC");
  const narrowed = filter.channel !== "" || filter.state !== "";
  if (!loaded)
    return error || isPaused ? (
      <Notice tone="warn" role="alert" title={error ? inWords(error) : "You are offline. This is shown when you are back."}>
        <Button onClick={again}>Try again</Button>
      </Notice>
    ) : (
      <div className="loading" role="status" aria-label="Loading messages" />
    );
  return (
    <>
      {entries.length === 0 && <p className="muted">{narrowed ? "Nothing fits this filter." : "Nothing yet. Messages show up here with what became of them."}</p>}
      {entries.length > 0 && (
        <ul className="rows" aria-label="Messages, the newest first">
          {entries.map((entry) => (
            <Row key={entry.id} entry={entry} zone={zone} />
          ))}
        </ul>
      )}
      {more && (
        <div>
          <Button disabled={busy} onClick={more}>
            {busy ? "Loading…" : "Show more"}
          </Button>
        </div>
      )}
    </>
  );
}

function lineOf(entry: Entry, zone: string) {
  if ("skipped" in entry) {
    const { title, reason } = entry.skipped;
    return { title, is: "open", word: "Not sent", about: "Reminder", what: skippedInWords(reason) } as const;
  }
  const { title, kind, state, channel_name, channel_kind } = entry.delivery;
  const about = `${subjectInWords(kind)} · ${nameOf({ name: channel_name, kind: channel_kind })}`;
  return { title: title || subjectInWords(kind), is: dotOf(state), word: stateInWords(state), about, what: deliveryInWords(entry.delivery, zone) };
}

function Row({ entry, zone }: { entry: Entry; zone: string }) {
  const { title, is, word, about, what } = lineOf(entry, zone);
  return (
    <li>
      <div className="row" style={{ justifyContent: "space-between" }}>
        <strong style={{ flex: "1 1 10rem" }}>{title}</strong>
        <State is={is}>{word}</State>
      </div>
      <p>{what}</p>
      <p className="muted">
        <small>
          {instant(entry.at, zone)} · {about}
        </small>
      </p>
    </li>
  );
}
