// What could be made easier or better: with its evidence, one tap to do it, and a way back.
import { useRef, useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Explain } from "@/components/Explain";
import { toast } from "@/lib/toasts";
import { type Decision, useDecide, useSuggestions } from "../queries";
import type { Suggestion } from "../types";
import { Loaded } from "./Loaded";
import styles from "./Insights.module.css";

const done: Record<Decision, string> = { apply: "Done.", dismiss: "Dismissed. It stays away.", undo: "Undone." };

function useDeciding() {
  const { mutateAsync, isPending } = useDecide();
  // The way back is offered on other pages too, so the answer is not this component's to wait for.
  async function decide({ id, name }: Suggestion, decision: Decision): Promise<void> {
    try {
      const suggestion = await mutateAsync({ id, decision });
      const action = { label: "Undo", run: () => void decide(suggestion, "undo") };
      toast(`${name}: ${done[decision]}`, decision !== "undo" && suggestion.can_undo ? { action } : {});
    } catch (error) {
      toast(inWords(error));
    }
  }
  return { decide, isPending };
}

export function SuggestionsCard({ items }: { items: Suggestion[] }) {
  const place = useRef<HTMLDivElement>(null);
  const { decide, isPending } = useDeciding();
  const choose = (suggestion: Suggestion, decision: Decision) => {
    // The button goes away with its suggestion: the focus stays in the list.
    place.current?.focus();
    void decide(suggestion, decision);
  };
  return (
    <Card title="What could help">
      <div ref={place} tabIndex={-1} className={styles.grid} role="group" aria-label="Suggestions">
        {items.length === 0 && <p className="muted">No suggestion right now. They come when your figures call for one.</p>}
        <ul className="rows">
          {items.map((suggestion) => (
            <li key={suggestion.id} className={styles.grid}>
              <h3>{suggestion.name}</h3>
              <p>{suggestion.text}</p>
              <Evidence of={suggestion.evidence} />
              <div className="row">
                {suggestion.button && (
                  <Button kind="primary" disabled={isPending} onClick={() => choose(suggestion, "apply")}>
                    {suggestion.button}
                  </Button>
                )}
                <Button kind="quiet" disabled={isPending} aria-label={`${thanks(suggestion)}: ${suggestion.text}`} onClick={() => choose(suggestion, "dismiss")}>
                  {thanks(suggestion)}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </div>
      <Decided />
    </Card>
  );
}

const thanks = ({ button }: Suggestion) => (button ? "Not for me" : "Thank you");

const Evidence = ({ of }: { of: string[] }) => (
  <ul className={styles.evidence} aria-label="Evidence">
    {of.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
);

const words: Record<Suggestion["state"], string> = { open: "open", applied: "done", dismissed: "dismissed", undone: "undone" };

function Decided() {
  const [open, setOpen] = useState(false);
  const decided = useSuggestions("decided", open);
  const deciding = useDeciding();
  return (
    <div onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}>
      <Explain question="Decided before">
        {open && (
          <Loaded query={decided} what="what was decided" height="3rem">
            {({ items }) => <DecidedList items={items} {...deciding} />}
          </Loaded>
        )}
      </Explain>
    </div>
  );
}

type DecidedItems = { items: Suggestion[] } & ReturnType<typeof useDeciding>;

function DecidedList({ items, decide, isPending }: DecidedItems) {
  if (items.length === 0) return <p className="muted">Nothing was decided so far.</p>;
  return (
    <ul className="rows">
      {items.map((suggestion) => (
        <li key={suggestion.id} className={styles.between}>
          <span>
            {suggestion.name}: {suggestion.text} <span className="muted">{words[suggestion.state]}</span>
          </span>
          {suggestion.can_undo && (
            <Button disabled={isPending} aria-label={`Undo: ${suggestion.text}`} onClick={() => void decide(suggestion, "undo")}>
              Undo
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
