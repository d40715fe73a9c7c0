// "Did I keep at it?": a year (or, on a phone, its last 26 weeks) at a glance.
import { useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import { session } from "@/api/session";
import type { Habit, History } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Explain } from "@/components/Explain";
import { SelectField } from "@/components/Field";
import { Heatmap } from "@/components/Heatmap";
import { HeatLegend } from "@/components/HeatLegend";
import { dayInWords } from "@/features/check-ins/words";
import { downloadCsv } from "@/lib/csv";
import type { IsoDate } from "@/lib/days";
import { useMedia } from "@/lib/hooks";
import { lastWeeks, type Level } from "@/lib/weeks";
import { capitalised, percent, spokenDate } from "@/lib/words";
import { levelOf, summary, wholeYear, yearsOf } from "./year";

const plain: [Level[], string][] = [
  [["4"], "done"],
  [["missed"], "missed"],
  [["skipped"], "skipped or paused"],
  [["0"], "not due or open"],
];
const graded: [Level[], string][] = [[["1", "2", "3", "4"], "some to all"], ...plain.slice(1)];

type Props = { habit: Habit; history: History; onOpen: (date: IsoDate) => void };

function saveCsv(habit: Habit, history: History): void {
  const rows = history.days.map((day) => [day.date, day.state, day.amount, Number(day.strength?.toFixed(4)), day.note ?? ""]);
  downloadCsv(habit.name, [["date", "state", "amount", "strength", "note"], ...rows]);
}

export function YearCard({ habit, history, onOpen }: Props) {
  const [search, setSearch] = useSearchParams();
  const wide = useMedia("(min-width: 900px)");
  const years = useMemo(() => yearsOf(history.from, history.to), [history.from, history.to]);
  const year = years.find((each) => String(each) === search.get("year"));
  const weekStart = session.get().user?.week_start ?? 0;
  const span = useMemo(() => {
    const end = year ? wholeYear(year, history.to).to : history.to;
    if (!wide) return lastWeeks(26, end, weekStart);
    return year ? wholeYear(year, history.to) : lastWeeks(53, end, weekStart);
  }, [year, wide, history.to, weekStart]);
  const days = useMemo(
    () => history.days.filter(({ date }) => date >= span.from && date <= span.to),
    [history.days, span],
  );
  const cells = useMemo(() => days.map((day) => ({ date: day.date, level: levelOf(day, habit.target) })), [days, habit.target]);
  const words = summary(days);
  const say = (date: IsoDate) => {
    const day = days.find((each) => each.date === date);
    return (
      <>
        {day && capitalised(dayInWords(day, habit))}
        {day?.note && <span className="muted"> “{day.note}”</span>}
      </>
    );
  };

  return (
    <Card
      title={year ? `Did I keep at it in ${year}?` : "Did I keep at it?"}
      aside={
        years.length > 1 && (
          <SelectField
            label="Year"
            hideLabel
            value={year ?? ""}
            onChange={(event) => setSearch(event.target.value ? { year: event.target.value } : {}, { replace: true })}
          >
            <option value="">Until today</option>
            {years.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </SelectField>
        )
      }
    >
      <p className="muted">{words}</p>
      <Heatmap name={habit.name} days={cells} span={span} weekStart={weekStart} summary={words} say={say} onOpen={onOpen} />
      <HeatLegend of={habit.target === null ? plain : graded} />
      <div className="row" style={{ justifyContent: "space-between", alignItems: "start" }}>
        <DayTable habit={habit} days={days} />
        <Button kind="quiet" onClick={() => saveCsv(habit, history)}>
          Save all as CSV
        </Button>
      </div>
    </Card>
  );
}

function DayTable({ habit, days }: { habit: Habit; days: History["days"] }) {
  const [open, setOpen] = useState(false);
  return (
    <div onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}>
      <Explain question="Show as table">
        {open && (
          <table>
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col">State</th>
                <th scope="col">Strength</th>
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map((day) => (
                <tr key={day.date}>
                  <td>{spokenDate(day.date)}</td>
                  <td>{dayInWords(day, habit)}</td>
                  <td>{percent(day.strength ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Explain>
    </div>
  );
}
