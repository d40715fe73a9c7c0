// "3 of 5 done", with a beat for every habit.
import type { Today } from "@/api/types";
import { outbox } from "@/features/outbox/outbox";
import { overlayItem } from "@/features/check-ins/overlay";
import { useLasting } from "@/lib/hooks";
import { useStore } from "@/lib/store";
import styles from "./DayHeader.module.css";
import { asksForTap, isSettled } from "./ring";
import { sectionsOf } from "./sectionsOf";

/** More beats than this are too thin to be one. */
const BEATS = 24;

export function Progress({ day }: { day: Today }) {
  const checkIns = useStore(outbox, (box) => box.checkIns);
  const waiting = checkIns.filter((each) => each.date === day.date);
  const unsent = useLasting(waiting.length > 0, 700);

  const asked = sectionsOf(day.items).due.filter(asksForTap);
  const done = asked.map((item) => {
    const own = waiting.filter(({ habitId }) => habitId === item.habit_id);
    return isSettled(unsent && own.length > 0 ? item : overlayItem(item, own, day.today));
  });
  const count = done.filter(Boolean).length;
  if (asked.length === 0) return <p className="muted">Nothing is due. A free day.</p>;
  return (
    <p className={styles.words}>
      <span>
        {count === asked.length ? `All ${asked.length} done` : `${count} of ${asked.length} done`}
        {unsent && `, ${new Set(waiting.map(({ habitId }) => habitId)).size} waiting`}
      </span>
      {asked.length <= BEATS && (
        <span className={styles.beats} aria-hidden="true">
          {asked.map((item, index) => (
            <span key={item.habit_id} className={styles.beat} data-done={done[index] || undefined} />
          ))}
        </span>
      )}
    </p>
  );
}
