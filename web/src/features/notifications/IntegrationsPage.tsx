// Where Daybeat reaches you, what it tells you there, and when it says nothing.
import { inWords } from "@/api/problem";
import { Button, ButtonLink } from "@/components/Button";
import { Card } from "@/components/Card";
import { Notice } from "@/components/Notice";
import { ReminderSettingsCard } from "@/features/reminders/ReminderSettingsCard";
import { usePageTitle } from "@/lib/hooks";
import { AddCard } from "./add/AddCard";
import { ChannelCard } from "./ChannelCard";
import { useChannels } from "./queries";

export default function IntegrationsPage() {
  usePageTitle("Integrations");
  return (
    <div className="page-wide stack">
      <h1>Integrations</h1>
      <div className="columns">
        <Channels />
        <div className="stack">
          <ReminderSettingsCard />
          <More />
        </div>
      </div>
    </div>
  );
}

function Channels() {
  const { data, error, isPaused, refetch } = useChannels();
  if (!data)
    return error || isPaused ? (
      <Notice tone="warn" role="alert" title={error ? inWords(error) : "You are offline. Your channels are shown when you are back."}>
        <Button onClick={() => void refetch()}>Try again</Button>
      </Notice>
    ) : (
      <div className="loading" role="status" aria-label="Loading channels" />
    );
  return (
    <div className="stack">
      {isPaused && <Notice title="You are offline. This is how it was before." />}
      {data.items.length === 0 && (
        <Notice title="Nothing leaves this page yet.">
          <p>Add a way to reach you, and reminders find you where you are.</p>
        </Notice>
      )}
      {data.items.map((channel) => (
        <ChannelCard key={channel.id} channel={channel} pushKey={data.push_key} />
      ))}
      <AddCard channels={data} />
    </div>
  );
}

const More = () => (
  <Card title="What was sent, and how it reads">
    <p className="muted">Every message with what became of it, and the words Daybeat uses.</p>
    <div className="row">
      <ButtonLink href="/integrations/history">Sent and not sent</ButtonLink>
      <ButtonLink href="/integrations/texts">Change the texts</ButtonLink>
    </div>
  </Card>
);
