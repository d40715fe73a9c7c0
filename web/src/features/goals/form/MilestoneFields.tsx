// Places on the way that are worth a word.
import { Button, IconButton } from "@/components/Button";
import { TextField } from "@/components/Field";
import { newId } from "@/lib/ids";
import { type MilestoneDraft, quarters } from "./draft";
import type { FieldsProps } from "./GoalSheet";

const side = { display: "grid", gap: "0.75rem", gridTemplateColumns: "minmax(0, 2fr) minmax(0, 3fr) auto", alignItems: "end" };

export function MilestoneFields({ draft, change, errors }: FieldsProps) {
  const { milestones } = draft;
  const put = (key: string, part: Partial<MilestoneDraft>) =>
    change({ milestones: milestones.map((each) => (each.key === key ? { ...each, ...part } : each)) });
  return (
    <fieldset className="stack" style={{ gap: "0.75rem" }}>
      <legend>Milestones (optional)</legend>
      {milestones.map(({ key, at, name }, index) => (
        <fieldset key={key}>
          <legend className="visually-hidden">Milestone {index + 1}</legend>
          <div style={side}>
            <TextField
              label="At"
              type="number"
              inputMode="decimal"
              min={0}
              step="any"
              value={at}
              error={errors[key]}
              onChange={(event) => put(key, { at: event.target.value })}
            />
            <TextField label="Name (optional)" maxLength={100} value={name} onChange={(event) => put(key, { name: event.target.value })} />
            <IconButton
              icon="close"
              label={`Remove milestone ${index + 1}`}
              onClick={() => change({ milestones: milestones.filter((each) => each.key !== key) })}
            />
          </div>
        </fieldset>
      ))}
      {errors.milestones && <p className="error">{errors.milestones}</p>}
      <div className="row">
        <Button onClick={() => change({ milestones: [...milestones, { key: newId(), at: "", name: "" }] })}>Add a milestone</Button>
        {milestones.length === 0 && Number(draft.target) > 0 && (
          <Button kind="quiet" onClick={() => change({ milestones: quarters(draft.target) })}>
            One at each quarter
          </Button>
        )}
      </div>
    </fieldset>
  );
}
