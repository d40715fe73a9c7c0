// Which day this is, how to get to the days beside it, and how much of it is done.
import { useSearchParams } from "wouter";
import type { Today } from "@/api/types";
import { IconButton } from "@/components/Button";
import { addDays, daysBetween, type IsoDate } from "@/lib/days";
import { habitDayNow } from "@/api/session";
import { longDate } from "@/lib/words";
import styles from "./DayHeader.module.css";
import { Progress } from "./Progress";

export function useDayNavigation(day: Today | undefined) {
  const [, setSearch] = useSearchParams();
  const go = (days: number) => {
    if (!day) return;
    const next = addDays(day.date, days);
    if (next <= day.today) setSearch(next === day.today ? {} : { date: next });
  };
  return { previous: () => go(-1), next: () => go(1) };
}

function title(date: IsoDate, today: IsoDate): string {
  const ago = daysBetween(date, today);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  return ago > 0 ? `${ago} days ago` : "Still to come";
}

export function DayHeader({ day, asked }: { day: Today | undefined; asked: IsoDate | null }) {
  const navigation = useDayNavigation(day);
  const here = habitDayNow();
  const date = day?.date ?? asked ?? here;
  const today = day?.today ?? here;
  return (
    <header className={styles.header}>
      <div>
        <h1>{title(date, today)}</h1>
        <p className="muted">{longDate(date)}</p>
      </div>
      <div className={styles.days}>
        <IconButton icon="previous" label="Previous day" onClick={navigation.previous} />
        <IconButton icon="next" label="Next day" onClick={navigation.next} disabled={date >= today} />
      </div>
      <div className={styles.progress}>{day && day.items.length > 0 && <Progress day={day} />}</div>
    </header>
  );
}
