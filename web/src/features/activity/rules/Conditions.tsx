// What has to stand in the metadata, so that not every event of the type counts.
import { Button, IconButton } from "@/components/Button";
import { TextField } from "@/components/Field";
import styles from "../Activity.module.css";
import type { Condition } from "./draft";
import type { FieldsProps } from "./RuleSheet";

const MOST = 20;

export function Conditions({ draft: { conditions }, change, errors }: FieldsProps) {
  const put = (index: number, part: Partial<Condition>) =>
    change({ conditions: conditions.map((each, at) => (at === index ? { ...each, ...part } : each)) });
  return (
    <fieldset className="stack">
      <legend className={conditions.length === 0 ? "visually-hidden" : undefined}>Metadata it has to have</legend>
      {conditions.map(({ name, value }, index) => (
        // A row is its place: its name changes while it is written.
        <div key={`${index + 1} of ${conditions.length}`} className={styles.condition}>
          <TextField
            label={index === 0 ? "Name" : `Name ${index + 1}`}
            hideLabel={index > 0}
            autoCapitalize="none"
            maxLength={100}
            value={name}
            error={index === 0 ? errors.conditions : undefined}
            onChange={(event) => put(index, { name: event.target.value })}
          />
          <TextField
            label={index === 0 ? "Value" : `Value ${index + 1}`}
            hideLabel={index > 0}
            autoCapitalize="none"
            value={value}
            onChange={(event) => put(index, { value: event.target.value })}
          />
          <IconButton
            icon="close"
            label={`Remove condition ${index + 1}`}
            onClick={() => change({ conditions: conditions.filter((_, at) => at !== index) })}
          />
        </div>
      ))}
      {conditions.length > 0 && <small className="muted">The value 3 is a number, true is yes, anything else is text.</small>}
      <div>
        <Button disabled={conditions.length >= MOST} onClick={() => change({ conditions: [...conditions, { name: "", value: "" }] })}>
          {conditions.length > 0 ? "Add another condition" : "Only with certain metadata"}
        </Button>
      </div>
    </fieldset>
  );
}
