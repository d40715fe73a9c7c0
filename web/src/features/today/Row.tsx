// One habit on Today. The check-in button lies under the whole row, so the words need not be squeezed into its name;
// a small button beside it opens the rest.
import { type KeyboardEvent, memo, useId, useMemo } from "react";
import type { TodayItem } from "@/api/types";
import { IconButton } from "@/components/Button";
import { Ring } from "@/components/Ring";
import { StrengthBar } from "@/components/Strength";
import { skip, tap } from "@/features/check-ins/actions";
import type { Opened } from "@/features/check-ins/DaySheet";
import { elsewhere } from "@/features/check-ins/elsewhere";
import { outbox, waitingFor } from "@/features/outbox/outbox";
import { overlayItem } from "@/features/check-ins/overlay";
import { isAvoided, subjectOf } from "@/features/check-ins/subject";
import { useLongPress } from "@/features/check-ins/useLongPress";
import { dayLabel, noteLine } from "@/features/check-ins/words";
import { cx } from "@/lib/css";
import { useLasting } from "@/lib/hooks";
import { pairBegun, shortcutsEnabled } from "@/lib/keyboard";
import { useStore } from "@/lib/store";
import styles from "./Row.module.css";
import { isSettled, ringOf } from "./ring";

type Props = {
  item: TodayItem;
  today: string;
  hint: number | null;
  missedYesterday: boolean;
  onOpen: (opened: Opened) => void;
};

/** Shorter waits are nobody's business. */
const NOTICEABLE_MS = 700;

export const Row = memo(function Row({ item, today, hint, missedYesterday, onOpen }: Props) {
  const operations = useStore(outbox, waitingFor(item.habit_id, item.date));
  const origin = useStore(elsewhere, (all) => all[item.habit_id]);
  const seen = useMemo(() => overlayItem(item, operations, today), [item, operations, today]);
  const target = useMemo(() => ({ habit: subjectOf(item), day: seen, today }), [item, seen, today]);
  const waiting = operations.length > 0;
  const noteId = useId();
  const waitsLong = useLasting(waiting, NOTICEABLE_MS);

  const open = (focus?: "note") => onOpen({ habit: target.habit, date: item.date, today, known: item, focus });
  const press = useLongPress(open);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!shortcutsEnabled() || pairBegun() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "s") void skip(target);
    else if (event.key === "n") open("note");
    else if (event.key === ".") open();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const opens = isAvoided(item) && seen.state !== "slip";
  return (
    <li
      className={cx(styles.row, isSettled(seen) && !waiting && styles.settled, origin && styles.flash)}
      data-hue={item.color ?? "teal"}
    >
      <button
        type="button"
        className={styles.tap}
        data-check-in={item.habit_id}
        aria-label={dayLabel(item, seen, waiting)}
        aria-pressed={opens ? undefined : seen.state === "done" || seen.state === "slip"}
        aria-haspopup={opens ? "dialog" : undefined}
        aria-describedby={noteId}
        onClick={() => tap(target) ?? open()}
        onKeyDown={onKeyDown}
        {...press}
      />
      <Ring {...ringOf(seen)} waiting={waiting} icon={item.icon} />
      <div className={styles.words}>
        <p className={styles.name} aria-hidden="true">
          {item.name}
        </p>
        <p className={styles.note} id={noteId}>
          {origin ?? (waitsLong ? "Saved here. It will be sent when you are online." : noteLine(seen, missedYesterday))}
        </p>
        <StrengthBar strength={item.stats.strength} />
      </div>
      {hint && (
        <kbd className={styles.hint} aria-hidden="true">
          {hint}
        </kbd>
      )}
      <IconButton icon="more" label={`More for ${item.name}`} className={styles.more} onClick={() => open()} />
    </li>
  );
});
