// The page for everything of a day, in ten seconds.
import { useCallback, useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import { inWords } from "@/api/problem";
import { habitDayNow, session } from "@/api/session";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { DaySheet, type Opened } from "@/features/check-ins/DaySheet";
import { MoodNow } from "@/features/moods/MoodNow";
import { connection } from "@/lib/connection";
import { isDate } from "@/lib/days";
import { usePageTitle } from "@/lib/hooks";
import { useStore } from "@/lib/store";
import { DayHeader } from "./DayHeader";
import { FirstSteps } from "./FirstSteps";
import { useToday } from "./queries";
import { Sections } from "./Sections";
import { Skeleton } from "./Skeleton";
import { useTodayKeys } from "./useTodayKeys";
import { YesterdayStrip } from "./YesterdayStrip";

export default function TodayPage() {
  usePageTitle("Today");
  const [search] = useSearchParams();
  const asked = search.get("date");
  const date = isDate(asked) ? asked : null;
  const day = useToday(date);
  const [opened, setOpened] = useState<Opened | null>(null);
  const open = useCallback((next: Opened) => setOpened(next), []);
  const { online } = useStore(connection);
  const weekStart = useStore(session, ({ user }) => user?.week_start ?? 0);
  useTodayKeys(day.data);

  const missed = useMemo(
    () => new Set(day.data?.yesterday.open.map(({ habit_id }) => habit_id)),
    [day.data?.yesterday.open],
  );
  const shown = day.data;

  return (
    <div className="page stack">
      <DayHeader day={shown} asked={date} />
      {(date === null || date === habitDayNow()) && <MoodNow />}
      {!shown && (day.isError || !online) && (
        <Notice tone="warn" role="alert" title="Couldn't load today. Your check-ins are safe on this device.">
          <p>{online ? inWords(day.error) : "You are offline."}</p>
          <Button onClick={() => void day.refetch()}>Try again</Button>
        </Notice>
      )}
      {!shown && day.isPending && online && <Skeleton />}
      {shown && shown.items.length === 0 && <FirstSteps today={shown.today} weekStart={weekStart} />}
      {shown && <Sections day={shown} missed={missed} onOpen={open} />}
      {shown && shown.date === shown.today && <YesterdayStrip day={shown} />}
      {opened && <DaySheet {...opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
