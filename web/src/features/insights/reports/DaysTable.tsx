// A row for each habit, a sign for each day.
import { Link } from "wouter";
import { Card } from "@/components/Card";
import { datesBetween, type IsoDate } from "@/lib/days";
import { number, spokenDate, weekdayName } from "@/lib/words";
import type { Report, ReportHabit } from "../types";
import { change, rate } from "../words";
import styles from "./Report.module.css";
import { keyOf, signOf } from "./signs";

const dayNumber = (date: IsoDate) => String(Number(date.slice(8)));

export function DaysTable({ report: { kind, first, last, habits } }: { report: Report }) {
  const dates = datesBetween(first, last);
  const heads = kind === "weekly" ? dates.map((date) => `${weekdayName(date)} ${dayNumber(date)}`) : dates.map(dayNumber);
  const key = keyOf(habits.flatMap(({ days }) => days));
  return (
    <Card title="Day by day">
      <div className={styles.scroll} tabIndex={0} role="group" aria-label="Day by day">
        <table className={styles.days}>
          <thead>
            <tr>
              <th scope="col">Habit</th>
              {dates.map((date, index) => (
                <th key={date} scope="col" abbr={spokenDate(date)}>
                  {heads[index]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {habits.map((habit) => (
              <Row key={habit.habit_id} habit={habit} dates={dates} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted">{key.map(([sign, words]) => `${sign} ${words}`).join(", ")}</p>
    </Card>
  );
}

/** "5 of 7, 71%, 12 points up; strength 64%". A month is no matter of a week. */
function figuresOf({ successes, due, rate: share, before, strength }: ReportHabit): string {
  if (due === 0) return `nothing was due; strength ${rate(strength)}`;
  const moved = share !== null && before !== null ? `, ${change(share, before)}` : "";
  return `${number(successes)} of ${number(due)}${share === null ? "" : `, ${rate(share)}`}${moved}; strength ${rate(strength)}`;
}

function Row({ habit, dates }: { habit: ReportHabit; dates: IsoDate[] }) {
  return (
    <tr>
      <th scope="row">
        <Link href={`/habits/${habit.habit_id}`}>{habit.name}</Link>
        <br />
        <small className="muted">{figuresOf(habit)}</small>
      </th>
      {dates.map((date, index) => {
        const [sign, words] = signOf(habit.days[index] ?? "");
        return (
          <td key={date}>
            <span aria-hidden="true">{sign}</span>
            <span className="visually-hidden">{words}</span>
          </td>
        );
      })}
    </tr>
  );
}
