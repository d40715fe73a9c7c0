// One day of one habit: a tap checks in, holding it opens the rest. States differ by shape, not only by colour.
import { memo } from "react";
import type { Day, Habit } from "@/api/types";
import { tap } from "@/features/check-ins/actions";
import type { Opened } from "@/features/check-ins/DaySheet";
import { countsAmounts } from "@/features/check-ins/subject";
import { useLongPress } from "@/features/check-ins/useLongPress";
import { useTarget } from "@/features/check-ins/useTarget";
import { dayLabel } from "@/features/check-ins/words";
import { number } from "@/lib/words";
import styles from "./Grid.module.css";

type Props = { habit: Habit; day: Day; today: string; isStop: boolean; onOpen: (opened: Opened) => void };

function sign(day: Day, habit: Habit): string {
  if (day.state === "partial" || day.state === "over" || (day.state === "done" && countsAmounts(habit))) return number(day.amount ?? 0);
  return { done: "✓", slip: "–", no: "×", kept: "·" }[day.state as string] ?? "";
}

export const Cell = memo(function Cell({ habit, day, today, isStop, onOpen }: Props) {
  const { target, waiting } = useTarget(habit, day, today);
  const open = () => onOpen({ habit, date: day.date, today, known: day });
  const press = useLongPress(open);
  const shut = day.state === "before" || day.state === "future";
  return (
    <button
      type="button"
      className={styles.cell}
      data-state={target.day.state}
      data-waiting={waiting || undefined}
      tabIndex={isStop ? 0 : -1}
      disabled={shut}
      aria-label={dayLabel(habit, target.day, waiting)}
      aria-pressed={target.day.state === "done"}
      onClick={() => tap(target) ?? open()}
      onKeyDown={(event) => event.key === "." && open()}
      data-sign={sign(target.day, habit)}
      {...press}
    />
  );
});
