// Everything about the account and this instance, on one page.
import { session } from "@/api/session";
import { ButtonLink } from "@/components/Button";
import { Card } from "@/components/Card";
import { useInstance } from "@/features/auth/queries";
import { PlainHttpNotice } from "@/features/auth/PlainHttpNotice";
import { PromptsCard } from "@/features/moods/prompts/PromptsCard";
import { usePageTitle } from "@/lib/hooks";
import { useStore } from "@/lib/store";
import { Comfort } from "./Comfort";
import { DaysAndWeeks } from "./DaysAndWeeks";
import { DeleteAccount } from "./DeleteAccount";
import { Faces, OnTheWall } from "./Faces";
import { MqttDevices } from "./MqttDevices";
import { Password } from "./Password";
import { Profile } from "./Profile";
import { SecurityHistory } from "./SecurityHistory";
import { Sessions } from "./Sessions";
import { Tokens } from "./Tokens";

export default function SettingsPage() {
  usePageTitle("Settings");
  const user = useStore(session, (current) => current.user);
  const instance = useInstance();
  if (!user) return null;
  return (
    <div className="page stack">
      <h1>Settings</h1>
      <Profile user={user} />
      <DaysAndWeeks user={user} />
      <Comfort user={user} />
      <Faces />
      <PromptsCard />
      <Card title="Reminders and messages" aside={<ButtonLink href="/integrations">Integrations</ButtonLink>}>
        <p className="muted">Where Daybeat reaches you, when reminders may come, and what was sent.</p>
      </Card>
      {user.is_admin && (
        <Card title="This server" aside={<ButtonLink href="/operations">Operations</ButtonLink>}>
          <p className="muted">How it is doing, and what it has set aside.</p>
        </Card>
      )}
      <OnTheWall />
      <MqttDevices />
      <Password email={user.email} />
      <Sessions />
      <Tokens />
      <SecurityHistory />
      <Card title="Bring your history">
        <p>A plain CSV file with the columns date and count comes in through the terminal:</p>
        <p>
          <code>daybeat import csv FILE</code>
        </p>
      </Card>
      <Card title="Privacy">
        <p>No request ever leaves this server. No fonts, maps or statistics from anyone else, and no telemetry.</p>
        <PlainHttpNotice instance={instance.data} />
        {instance.data && <p className="muted">Daybeat {instance.data.version}</p>}
      </Card>
      <DeleteAccount />
    </div>
  );
}
