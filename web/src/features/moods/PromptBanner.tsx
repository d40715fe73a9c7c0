// Daybeat's question, on every page, until it is answered here or anywhere else. It floats, so nothing moves.
import { useEffect, useState } from "react";
import { inWords } from "@/api/problem";
import { Button, IconButton } from "@/components/Button";
import { outbox } from "@/features/outbox/outbox";
import { useStore } from "@/lib/store";
import { toast } from "@/lib/toasts";
import { tapFace } from "./actions";
import { answeredHere } from "./elsewhere";
import { Faces } from "./Faces";
import styles from "./PromptBanner.module.css";
import { useChoosePrompts, useOpenPrompt, usePromptSettings, useResumePrompts, wishesOf } from "./prompts";

/** Put aside on this page: the same question may come back when it is followed up. */
const version = (id: string, followUps: number) => `${id} ${followUps}`;

export function PromptBanner() {
  const prompt = useOpenPrompt();
  const { data: settings } = usePromptSettings();
  const answering = useStore(outbox, ({ moods }) =>
    moods.some(({ change }) => change.kind === "record" && change.promptId === prompt?.id),
  );
  const [aside, setAside] = useState<string | null>(null);
  const asks =
    prompt !== null &&
    !answering &&
    prompt.channels.includes("page") &&
    aside !== version(prompt.id, prompt.follow_ups);
  const words = useAnswerFromElsewhere();

  return (
    <div aria-live="polite">
      {asks ? (
        <aside className={styles.banner} aria-label="Question" data-asking>
          <div className={styles.header}>
            <p>{prompt.question}</p>
            <IconButton icon="close" label="Not now" onClick={() => setAside(version(prompt.id, prompt.follow_ups))} />
          </div>
          <Faces legend={prompt.question} size="small" onPick={(score) => void tapFace(score, true)} />
        </aside>
      ) : words ? (
        <aside className={styles.banner} aria-label="Question" data-asking="quiet">
          <p className={styles.quiet}>{words}</p>
        </aside>
      ) : (
        settings?.doubted && <Doubt onStop={() => ({ ...wishesOf(settings), enabled: false })} />
      )}
    </div>
  );
}

const SHOWN_MS = 3_000;

function useAnswerFromElsewhere(): string | null {
  const words = useStore(answeredHere);
  useEffect(() => {
    if (!words) return;
    const timer = setTimeout(() => answeredHere.set(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return words;
}

function Doubt({ onStop }: { onStop: () => ReturnType<typeof wishesOf> }) {
  const resume = useResumePrompts();
  const choose = useChoosePrompts();
  const failed = { onError: (error: unknown) => void toast(inWords(error)) };
  return (
    <aside className={styles.banner} aria-label="Question" data-asking>
      <p className={styles.quiet}>You did not answer for a while. Should Daybeat go on asking?</p>
      <div className="row">
        <Button kind="primary" disabled={resume.isPending} onClick={() => resume.mutate(undefined, failed)}>
          Go on
        </Button>
        <Button disabled={choose.isPending} onClick={() => choose.mutate(onStop(), failed)}>
          Stop
        </Button>
      </div>
    </aside>
  );
}
