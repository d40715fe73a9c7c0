// A rule in plain words that read themselves back, with what it would have done so far.
import { type FormEvent, useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { Sheet } from "@/components/Sheet";
import { toast } from "@/lib/toasts";
import { useKnownTypes, useSaveRule } from "../queries";
import { TypeField } from "../TypeField";
import type { Rule } from "../types";
import { Conditions } from "./Conditions";
import { blank, type Draft, draftOf, missing, ruleOf } from "./draft";
import { RulePreview } from "./RulePreview";
import { TargetFields } from "./TargetFields";
import type { Target } from "./target";

export type FieldsProps = { draft: Draft; change: (part: Partial<Draft>) => void; errors: Record<string, string> };

type Props = { rule: Rule | null; targets: Target[]; onClose: () => void };

export function RuleSheet({ rule, targets, onClose }: Props) {
  const known = useKnownTypes();
  const save = useSaveRule(rule?.id ?? null);
  const [draft, setDraft] = useState(() => (rule ? draftOf(rule) : blank));
  const [tried, setTried] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((current) => ({ ...current, ...part }));
  const chosen = targets.find(({ id }) => id === draft.target);
  const lacking = missing(draft, chosen);
  const complete = Object.keys(lacking).length === 0;
  const wanted = ruleOf(draft, chosen);
  const fields = { draft, change, errors: tried ? lacking : {} };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setTried(true);
    if (!complete) return void requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    save.mutate(wanted, {
      onSuccess() {
        toast("Saved.");
        onClose();
      },
    });
  };
  return (
    <Sheet title={rule ? "Change the rule" : "New rule"} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        {save.isError && (
          <Notice tone="warn" role="alert">
            {inWords(save.error)}
          </Notice>
        )}
        <TypeField
          label="When an event of this type arrives"
          data-first
          types={known}
          value={draft.type}
          error={fields.errors.type}
          onChange={(type) => change({ type })}
        />
        <Conditions {...fields} />
        <TargetFields {...fields} targets={targets} chosen={chosen} />
        <RulePreview rule={complete ? wanted : null} target={chosen} />
        <div className="row">
          <Button type="submit" kind="primary" disabled={save.isPending}>
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
