// The habits that count, and how much.
import type { Habit } from "@/api/types";
import { Button } from "@/components/Button";
import { SelectField, TextField } from "@/components/Field";
import { useHabits } from "@/features/habits/queries";
import type { Counts } from "../types";
import { type LinkDraft, usualCounts } from "./draft";
import type { FieldsProps } from "./GoalSheet";

const side = { display: "grid", gap: "0.75rem", gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)", alignItems: "start" };

const none = {
  pending: "Your habits are on their way…",
  error: "Your habits did not come. Close this and open it again to choose among them.",
  success: "There is no habit to count yet, so you add by hand.",
};

export function HabitFields({ draft, change, errors, habits }: FieldsProps & { habits: Map<string, Habit> }) {
  const put = (habitId: string, part: Partial<LinkDraft>) =>
    change({ links: draft.links.map((link) => (link.habitId === habitId ? { ...link, ...part } : link)) });
  const add = (habit: Habit | undefined) =>
    habit && change({ links: [...draft.links, { habitId: habit.id, weight: "1", counts: usualCounts(habit) }] });
  const { status } = useHabits(false);
  const free = [...habits.values()].filter(
    ({ id, schedule, archived_on }) => schedule.kind !== "avoid" && !archived_on && !draft.links.some(({ habitId }) => habitId === id),
  );
  return (
    <fieldset className="stack" style={{ gap: "0.75rem" }}>
      <legend>Habits that count</legend>
      {draft.links.map((link) => (
        <LinkFields
          key={link.habitId}
          link={link}
          name={habits.get(link.habitId)?.name ?? "A habit"}
          habit={habits.get(link.habitId)}
          error={errors[link.habitId]}
          onChange={(part) => put(link.habitId, part)}
          onRemove={() => change({ links: draft.links.filter(({ habitId }) => habitId !== link.habitId) })}
        />
      ))}
      {free.length > 0 && (
        <SelectField
          label="Add a habit"
          value=""
          error={errors.habits}
          hint="Without one, you add by hand."
          onChange={(event) => add(habits.get(event.target.value))}
        >
          <option value="">Choose a habit</option>
          {free.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {free.length === 0 && draft.links.length === 0 && <p className="muted">{none[status]}</p>}
      {free.length === 0 && errors.habits && <p className="error">{errors.habits}</p>}
    </fieldset>
  );
}

type LinkProps = {
  link: LinkDraft;
  name: string;
  habit: Habit | undefined;
  error: string | undefined;
  onChange: (part: Partial<LinkDraft>) => void;
  onRemove: () => void;
};

function LinkFields({ link, name, habit, error, onChange, onRemove }: LinkProps) {
  const byAmount = link.counts === "amounts";
  return (
    <fieldset className="preview" style={{ fontWeight: 400 }}>
      <legend className="visually-hidden">{name}</legend>
      <div className="row" style={{ flexWrap: "nowrap", justifyContent: "space-between" }}>
        <strong style={{ overflowWrap: "anywhere" }}>{name}</strong>
        <Button kind="quiet" aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </Button>
      </div>
      <div style={side}>
        <SelectField label="What counts" value={link.counts} onChange={(event) => onChange({ counts: event.target.value as Counts })}>
          <option value="check_ins">Check-ins</option>
          <option value="amounts">{habit?.unit ?? "Amounts"}</option>
        </SelectField>
        <TextField
          label={byAmount ? "Times" : "Each counts as"}
          type="number"
          inputMode="decimal"
          min={0}
          step="any"
          value={link.weight}
          error={error}
          onChange={(event) => onChange({ weight: event.target.value })}
        />
      </div>
    </fieldset>
  );
}
