import { useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Switch } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { toast } from "@/lib/toasts";
import { useDeleteRule, useSwitchRule } from "../queries";
import type { Rule } from "../types";
import type { Target } from "./target";
import { historyInWords, ruleInWords } from "./words";

const failed = (error: unknown) => void toast(inWords(error));

export function RuleRow({ rule, target, onChange }: { rule: Rule; target: Target | undefined; onChange: () => void }) {
  const [deleting, setDeleting] = useState(false);
  const turn = useSwitchRule(rule.id);
  const remove = useDeleteRule(rule.id);
  const sentence = ruleInWords(rule, target);
  return (
    <li>
      <Switch
        label={sentence}
        hint={historyInWords(rule)}
        checked={turn.isPending ? turn.variables : rule.enabled}
        onChange={(event) => turn.mutate(event.target.checked, { onError: failed })}
      />
      {rule.last_refusal && <p className="muted">Lately it could not: {rule.last_refusal}</p>}
      {deleting ? (
        <Notice tone="warn" role="alert" title="Delete this rule?">
          <p>{rule.goal_id ? "What it added stays." : "Its check-ins stay."} To rest it for a while, switch it off.</p>
          <div className="row">
            <Button
              kind="warn"
              disabled={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSuccess: () => toast("Rule deleted."), onError: failed })}
            >
              Delete it
            </Button>
            <Button autoFocus onClick={() => setDeleting(false)}>
              Keep it
            </Button>
          </div>
        </Notice>
      ) : (
        <div className="row">
          <Button aria-label={`Change: ${sentence}`} onClick={onChange}>
            Change
          </Button>
          <Button aria-label={`Delete: ${sentence}`} onClick={() => setDeleting(true)}>
            Delete
          </Button>
        </div>
      )}
    </li>
  );
}
