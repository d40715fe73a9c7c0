// Everything beyond one tap, for one day of one habit: amount, skip, no, note, clear, another day.
import { useState } from "react";
import { inWords } from "@/api/problem";
import type { Day } from "@/api/types";
import { ButtonLink, IconButton } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { Sheet } from "@/components/Sheet";
import { addDays, type IsoDate } from "@/lib/days";
import { longDate } from "@/lib/words";
import { DayActions } from "./DayActions";
import styles from "./DaySheet.module.css";
import { useDay } from "./queries";
import type { Subject } from "./subject";

export type Opened = { habit: Subject; date: IsoDate; today: IsoDate; known?: Day; focus?: "note" };
type Props = Opened & { onClose: () => void; hideLink?: boolean };

export function DaySheet({ habit, date: first, today, known, focus, onClose, hideLink }: Props) {
  const [date, setDate] = useState(first);
  const day = useDay(habit.id, date, known);

  return (
    <Sheet title={habit.name} onClose={onClose} lead={habit.icon && <span aria-hidden="true">{habit.icon}</span>}>
      <div className={styles.days}>
        <IconButton icon="previous" label="Day before" onClick={() => setDate(addDays(date, -1))} />
        <p aria-live="polite">{date === today ? `Today, ${longDate(date)}` : longDate(date)}</p>
        <IconButton icon="next" label="Day after" disabled={date >= today} onClick={() => setDate(addDays(date, 1))} />
      </div>
      {day.data ? (
        <DayActions key={date} habit={habit} day={day.data} today={today} focus={focus} onClose={onClose} />
      ) : day.isPaused || day.isError ? (
        <Notice role="status" title={day.error ? inWords(day.error) : "This day is not on this device."}>
          <p className="muted">It opens when you are online.</p>
        </Notice>
      ) : (
        <div className="loading" />
      )}
      <div className={styles.foot}>
        {!hideLink && (
          <ButtonLink href={`/habits/${habit.id}`} kind="quiet">
            Open habit
          </ButtonLink>
        )}
        <label className={styles.other}>
          Other day
          <input
            type="date"
            value={date}
            max={today}
            onChange={(event) => event.target.value && event.target.value <= today && setDate(event.target.value)}
          />
        </label>
      </div>
    </Sheet>
  );
}
