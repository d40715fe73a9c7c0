import type { Today, TodayItem } from "@/api/types";
import type { Opened } from "@/features/check-ins/DaySheet";
import { outbox } from "@/features/outbox/outbox";
import { overlayItem } from "@/features/check-ins/overlay";
import { useStore } from "@/lib/store";
import { plural } from "@/lib/words";
import { Row } from "./Row";
import { asksForTap, isSettled } from "./ring";
import styles from "./Sections.module.css";
import { sectionsOf } from "./sectionsOf";

type Props = { day: Today; missed: ReadonlySet<string>; onOpen: (opened: Opened) => void };

export function Sections({ day, missed, onOpen }: Props) {
  const { due, met, notDue } = sectionsOf(day.items);
  const rows = (items: TodayItem[], from: number) =>
    items.map((item, index) => (
      <Row
        key={item.habit_id}
        item={item}
        today={day.today}
        hint={from + index < 9 ? from + index + 1 : null}
        missedYesterday={day.date === day.today && missed.has(item.habit_id)}
        onOpen={onOpen}
      />
    ));
  return (
    <>
      {due.length > 0 && <ul className={styles.list}>{rows(due, 0)}</ul>}
      {due.length > 0 && <AllDone day={day} due={due} />}
      {met.length > 0 && (
        <section className={styles.section} aria-labelledby="met">
          <h2 id="met">Enough for now</h2>
          <ul className={styles.list}>{rows(met, due.length)}</ul>
        </section>
      )}
      {notDue.length > 0 && (
        <details className={styles.section}>
          <summary>Not due: {plural(notDue.length, "habit")}</summary>
          <ul className={styles.list}>{rows(notDue, due.length + met.length)}</ul>
        </details>
      )}
    </>
  );
}

function AllDone({ day, due }: { day: Today; due: TodayItem[] }) {
  const checkIns = useStore(outbox, (box) => box.checkIns);
  const asked = due.filter(asksForTap);
  const settled = asked.every((item) => {
    const own = checkIns.filter((each) => each.habitId === item.habit_id && each.date === item.date);
    return own.length === 0 ? isSettled(item) : isSettled(overlayItem(item, own, day.today));
  });
  return settled && asked.length > 0 ? (
    <p className={styles.allDone}>{day.date === day.today ? "That was everything for today." : "That was everything."}</p>
  ) : null;
}
