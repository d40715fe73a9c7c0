// Events that check habits in or add to goals by themselves.
import { useMemo, useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { useGoals } from "@/features/goals/queries";
import { useHabits } from "@/features/habits/queries";
import { cx } from "@/lib/css";
import styles from "../Activity.module.css";
import { useRules } from "../queries";
import type { Rule } from "../types";
import { RuleRow } from "./RuleRow";
import { RuleSheet } from "./RuleSheet";
import { fedBy, targetsOf } from "./target";

export function RulesCard() {
  const { data, error, isPaused } = useRules();
  const habits = useHabits(false).data?.items;
  const goals = useGoals(false).data?.items;
  const targets = useMemo(() => targetsOf(habits ?? [], goals ?? []), [habits, goals]);
  const [open, setOpen] = useState<Rule | "new" | null>(null);
  const rules = data?.items;
  return (
    <Card title="Rules" aside={<Button onClick={() => setOpen("new")}>New rule</Button>}>
      {!rules && <p className="muted">{error ? inWords(error) : isPaused ? "Shown when you are online." : "Loading…"}</p>}
      {rules?.length === 0 && <p className="muted">A rule checks a habit in or adds to a goal when an event arrives: a workout your watch reports, a page your reader turned.</p>}
      {rules && rules.length > 0 && (
        <ul className={cx("rows", styles.rows)} aria-label="Rules">
          {rules.map((rule) => (
            <RuleRow key={rule.id} rule={rule} target={fedBy(rule, targets)} onChange={() => setOpen(rule)} />
          ))}
        </ul>
      )}
      {open && <RuleSheet rule={open === "new" ? null : open} targets={targets} onClose={() => setOpen(null)} />}
    </Card>
  );
}
