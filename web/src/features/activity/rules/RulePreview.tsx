// The rule read back, and what it would have done. It looks again once nobody types.
import { inWords } from "@/api/problem";
import { cx } from "@/lib/css";
import { useSettled } from "@/lib/hooks";
import styles from "../Activity.module.css";
import { usePreview } from "../queries";
import type { NewRule } from "../types";
import { useZone } from "../view";
import { moment } from "../words";
import type { Target } from "./target";
import { previewInWords, ruleInWords } from "./words";

const TYPING_MS = 400;

export function RulePreview({ rule, target }: { rule: NewRule | null; target: Target | undefined }) {
  const zone = useZone();
  const asked = useSettled(rule && JSON.stringify(rule), TYPING_MS);
  const { data, error } = usePreview(asked);
  const shown = rule && data;
  return (
    <div className={cx("preview", styles.trial)} aria-live="polite">
      <p>{rule ? ruleInWords(rule, target) : "Once you have chosen, here stands what the rule does."}</p>
      {rule && error && <p>{inWords(error)}</p>}
      {shown && <p>{previewInWords(shown, target)}</p>}
      {shown && shown.examples.length > 0 && (
        <ul aria-label="Examples">
          {shown.examples.map(({ event_id, timestamp, user_id, metadata }) => (
            <li key={event_id}>
              <small>
                {moment(timestamp, zone)}, user {user_id}
                {metadata && `, ${JSON.stringify(metadata)}`}
              </small>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
