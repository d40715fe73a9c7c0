// When Daybeat asks, how that stands, and what was asked lately.
import { useState } from "react";
import { inWords } from "@/api/problem";
import { session } from "@/api/session";
import type { Prompt, PromptSettings } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Explain } from "@/components/Explain";
import { Switch } from "@/components/Field";
import { cx } from "@/lib/css";
import { useStore } from "@/lib/store";
import { toast } from "@/lib/toasts";
import { instant } from "@/lib/words";
import { useAskNow, useChoosePrompts, usePrompts, usePromptSettings, useResumePrompts, wishesOf } from "../prompts";
import { isResting, promptInWords, standing, wishesInWords } from "../words";
import { PromptsForm } from "./PromptsForm";
import styles from "./Prompts.module.css";

export function PromptsCard() {
  const settings = usePromptSettings();
  return (
    <Card title="When Daybeat asks" id="prompts">
      {settings.data ? (
        <Asking settings={settings.data} />
      ) : (
        <p className="muted">{settings.isError ? inWords(settings.error) : settings.isPaused ? "Shown when you are online." : "Loading…"}</p>
      )}
    </Card>
  );
}

const failed = (error: unknown) => void toast(inWords(error));

/** A question on this page speaks for itself. */
function asked({ channels }: Prompt): void {
  if (channels.includes("page")) return;
  toast(channels.includes("mqtt") ? "Asked, on your MQTT devices." : "Asked, but you chose no way to be asked.");
}

function Asking({ settings }: { settings: PromptSettings }) {
  const zone = useStore(session, ({ user }) => user?.timezone ?? "UTC");
  const [changing, setChanging] = useState(false);
  const choose = useChoosePrompts();
  const resume = useResumePrompts();
  const ask = useAskNow();
  const rests = isResting(settings);

  return (
    <>
      <Switch
        label="Ask me how I feel"
        hint="A short question with five faces. One tap answers it."
        checked={choose.isPending ? choose.variables.enabled : settings.enabled}
        onChange={(event) => choose.mutate({ ...wishesOf(settings), enabled: event.target.checked }, { onError: failed })}
      />
      <p className={cx("preview", !settings.enabled && styles.off)}>
        {settings.enabled && `${wishesInWords(wishesOf(settings))} `}
        {standing(settings, zone)}
      </p>
      <div className="row">
        {rests && (
          <Button kind="primary" disabled={resume.isPending} onClick={() => resume.mutate(undefined, { onError: failed })}>
            Go on asking
          </Button>
        )}
        <Button onClick={() => setChanging(true)}>Change</Button>
        <Button disabled={ask.isPending} onClick={() => ask.mutate(undefined, { onSuccess: asked, onError: failed })}>
          Send me one now
        </Button>
      </div>
      <LastPrompts zone={zone} />
      {changing && <PromptsForm settings={settings} onClose={() => setChanging(false)} />}
    </>
  );
}

function LastPrompts({ zone }: { zone: string }) {
  const { data } = usePrompts();
  const items = data?.items ?? [];
  return (
    <Explain question="What was asked lately">
      {items.length === 0 && <p className="muted">Nothing yet.</p>}
      <ul className={cx("rows", styles.prompts)} aria-label="Last questions">
        {items.map((prompt) => (
          <li key={prompt.id}>
            <span>{instant(prompt.asked_at ?? prompt.due_at, zone)}</span>
            <span className="muted">{promptInWords(prompt)}</span>
          </li>
        ))}
      </ul>
    </Explain>
  );
}
