// "What may break tomorrow?": how likely, why, and the one thing that would help.
import { Link } from "wouter";
import { Card } from "@/components/Card";
import { Explain } from "@/components/Explain";
import { capitalised, percent } from "@/lib/words";
import type { Risk, Risks } from "../types";
import { chanceInWords, tooEarly, whenDue } from "../words";
import styles from "./Insights.module.css";

const isKnown = (risk: Risk): risk is Risk & { miss: number } => risk.miss !== null;

/** What is open today can still be done; the rest is ahead. */
function whenAt(flagged: Risk[], today: string): string {
  const isToday = (risk: Risk) => risk.day <= today;
  if (!flagged.some(isToday)) return "tomorrow";
  return flagged.every(isToday) ? "today" : "today or tomorrow";
}

export function RiskCard({ risks: { day, items } }: { risks: Risks }) {
  const known = items.filter(isKnown);
  const flagged = known.filter((risk) => risk.flagged);
  const others = known.filter((risk) => !risk.flagged);
  const early = tooEarly(items);
  return (
    <Card title={`What may break ${whenAt(flagged, day)}?`}>
      {known.length > 0 && flagged.length === 0 && <p>Nothing looks likely to be missed.</p>}
      <ul className="rows">
        {flagged.map((risk) => (
          <Flagged key={risk.habit_id} risk={risk} today={day} />
        ))}
      </ul>
      {early && <p className="muted">{early}</p>}
      {others.length > 0 && (
        <Explain question={flagged.length > 0 ? "The other habits" : "All habits"}>
          <table>
            <thead>
              <tr>
                <th scope="col">Habit</th>
                <th scope="col">Next</th>
                <th scope="col">Chance of a miss</th>
              </tr>
            </thead>
            <tbody>
              {others.map(({ habit_id, name, miss, ...when }) => (
                <tr key={habit_id}>
                  <td>{name}</td>
                  <td>{capitalised(whenDue(when, day))}</td>
                  <td>
                    {percent(miss)}, {chanceInWords(miss)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Explain>
      )}
      <Explain question="How is this computed?">
        <p>
          From your own past with each habit: how it went lately, on this weekday, a week before, and how long the present run is.
          The weights of these came from other people’s histories and learn from yours with every day.
        </p>
        <p>
          A habit is named here only when a miss is at least 60 % likely and such forecasts were better for this habit than its plain
          average. It takes 10 closed days, or weeks, before anything is said. It is a chance, not a verdict.
        </p>
      </Explain>
    </Card>
  );
}

function Flagged({ risk, today }: { risk: Risk & { miss: number }; today: string }) {
  const { habit_id, name, miss, reasons, action, last_chance, unit } = risk;
  return (
    <li className={styles.grid}>
      <h3>
        <Link href={`/habits/${habit_id}`}>{name}</Link>
      </h3>
      <p>
        {capitalised(whenDue(risk, today))}: {chanceInWords(miss)}, <strong>{percent(miss)}</strong>.
        {last_chance && ` This is the last chance for the ${unit}.`}
      </p>
      <p className="muted">{reasons.join(" ")}</p>
      {action && <p className="preview">{action}</p>}
    </li>
  );
}
