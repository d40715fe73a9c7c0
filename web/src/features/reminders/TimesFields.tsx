// When to be reminded of a habit: times, each with its days.
import { Button, IconButton } from "@/components/Button";
import { TextField } from "@/components/Field";
import { Weekdays } from "@/components/Weekdays";
import { everyDay, MOST_TIMES, type Slot, slotsInWords } from "./times";

type Props = { slots: Slot[]; onChange: (slots: Slot[]) => void; error?: string };

export function TimesFields({ slots, onChange, error }: Props) {
  const put = (index: number, part: Partial<Slot>) => onChange(slots.map((slot, at) => (at === index ? { ...slot, ...part } : slot)));
  return (
    <>
      <ul className="rows" aria-label="Reminder times">
        {slots.map((slot, index) => (
          // A row is its place: two rows may hold the same time while it is being changed.
          <li key={`${index + 1} of ${slots.length}`} className="row" style={{ columnGap: "1rem" }}>
            <div className="row">
              <TextField
                label={`Time of reminder ${index + 1}`}
                hideLabel
                type="time"
                value={slot.time}
                error={error && !slot.time ? "Which time?" : undefined}
                onChange={(event) => put(index, { time: event.target.value })}
              />
              <IconButton icon="close" label={`Remove reminder ${index + 1}`} onClick={() => onChange(slots.filter((_, at) => at !== index))} />
            </div>
            <Weekdays
              legend={`Days of reminder ${index + 1}`}
              hideLegend
              days={slot.days}
              error={error && slot.days.length === 0 ? "Which days?" : undefined}
              onChange={(days) => put(index, { days })}
            />
          </li>
        ))}
      </ul>
      {error && <p className="error">{error}</p>}
      <div>
        <Button disabled={slots.length >= MOST_TIMES} onClick={() => onChange([...slots, { time: "18:00", days: [...everyDay] }])}>
          Add a time
        </Button>
      </div>
      <p className="preview" aria-live="polite">
        {slotsInWords(slots)}
      </p>
    </>
  );
}
