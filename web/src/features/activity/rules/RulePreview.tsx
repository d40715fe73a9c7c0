// The rule read back, and what it would have done. It looks again once nobody types.
import { inWords } from "@/api/problem";
import { cx } from "@/lib/css";
import { useSettled } from "@/lib/hooks";
import styles from "../Activity.module.css";
import { usePreview } from "../queries";
import type { NewRule } from "../types";
import { useZone } from "../view";
import { moment } from "../words";
import { previewInWords } from "./words";

const TYPING_MS = 400;

export function RulePreview({ rule, sentence }: { rule: NewRule | null; sentence: string | null }) {
  const zone = useZone();
  const asked = useSettled(rule && JSON.stringify(rule), TYPING_MS);
  const { data, error } = usePreview(asked);
  const shown = rule && data;
  return (
    <div className={cx("preview", styles.trial)} aria-live="polite">
      <p>{sentence ?? "Choose a type and a habit, and here stands what the rule does."}</p>
      {rule && error && <p>{inWords(error)}</p>}
      {shown && <p>{previewInWords(shown)}</p>}
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
