// Events that check habits in by themselves.
import { useState } from "react";
import { inWords } from "@/api/problem";
import type { Habit } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { useHabits } from "@/features/habits/queries";
import { cx } from "@/lib/css";
import styles from "../Activity.module.css";
import { useRules } from "../queries";
import type { Rule } from "../types";
import { RuleRow } from "./RuleRow";
import { RuleSheet } from "./RuleSheet";

const none: Habit[] = [];

export function RulesCard() {
  const { data, error, isPaused } = useRules();
  const habits = useHabits(false).data?.items ?? none;
  const [open, setOpen] = useState<Rule | "new" | null>(null);
  const rules = data?.items;
  return (
    <Card title="Rules" aside={<Button onClick={() => setOpen("new")}>New rule</Button>}>
      {!rules && <p className="muted">{error ? inWords(error) : isPaused ? "Shown when you are online." : "Loading…"}</p>}
      {rules?.length === 0 && <p className="muted">A rule checks a habit in when an event arrives: a workout your watch reports, a page your reader turned.</p>}
      {rules && rules.length > 0 && (
        <ul className={cx("rows", styles.rows)} aria-label="Rules">
          {rules.map((rule) => (
            <RuleRow key={rule.id} rule={rule} habit={habits.find(({ id }) => id === rule.habit_id)} onChange={() => setOpen(rule)} />
          ))}
        </ul>
      )}
      {open && <RuleSheet rule={open === "new" ? null : open} habits={habits} onClose={() => setOpen(null)} />}
    </Card>
  );
}
