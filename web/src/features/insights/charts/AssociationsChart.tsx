// "What goes with better days?": each effect as a dot on the range it may well lie in. A pattern, not a cause.
import { Link } from "wouter";
import { number } from "@/lib/words";
import { Loaded } from "../page/Loaded";
import { useAssociations } from "../queries";
import type { Association } from "../types";
import { associationsInWords, effectInWords, verdictInWords } from "../words";
import { ChartCard } from "./ChartCard";
import styles from "./Associations.module.css";

const WIDTH = 240;
const HALF = WIDTH / 2;
const EDGE = 8;
const LEAST_SCALE = 0.5;

type Measured = Association & { points: number; low: number; high: number };
const isMeasured = (each: Association): each is Measured => each.points !== null && each.low !== null && each.high !== null;

/** The largest effect first; what cannot be said yet comes last, the soonest first. */
export function inOrder(items: Association[]): Association[] {
  return items.toSorted(
    (a, b) =>
      Number(isMeasured(b)) - Number(isMeasured(a)) ||
      Math.abs(b.points ?? 0) - Math.abs(a.points ?? 0) ||
      (a.enough_on ?? "9999").localeCompare(b.enough_on ?? "9999"),
  );
}

export function AssociationsChart() {
  return (
    <Loaded query={useAssociations()} what="what goes with better days" height="26rem">
      {({ items }) => <Effects items={inOrder(items)} />}
    </Loaded>
  );
}

function Effects({ items }: { items: Association[] }) {
  const measured = items.filter(isMeasured);
  const scale = Math.max(LEAST_SCALE, ...measured.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  return (
    <ChartCard
      title="What goes with better days?"
      words={`${associationsInWords(items)} A pattern, not a cause.`}
      legend={
        measured.length > 0 && (
          <p className="muted">
            Dot: the difference in mood between days with and without. Line: where it lies with 95 % certainty. Left of the middle is lower,
            right is higher; the ends are {number(Math.round(scale * 100) / 100)} points.
          </p>
        )
      }
      table={{
        name: "what-goes-with-mood",
        head: ["Name", "How sure", "Effect", "Days"],
        rows: items.map((each) => [each.name, verdictInWords(each), effectInWords(each) || "–", number(each.n)]),
        csv: () => [
          ["name", "subject", "verdict", "points", "low", "high", "days", "with", "without", "p", "q"],
          ...items.map(({ name, subject, verdict, points, low, high, n, done, not_done, p, q }) => [name, subject, verdict, points, low, high, n, done, not_done, p, q]),
        ],
      }}
      how={
        <>
          <p>
            For each habit, days with it are compared with days without, after taking out the mood of the day before, weekends and the
            general trend. A second test compares how both move. The less certain of the two counts.
          </p>
          <p>
            Many habits tried at once would find something by chance, so the bar rises with their number: “likely” lets at most 5 of 100
            such findings be wrong, “maybe” 10. The effect is shrunk towards none as long as it is uncertain. It takes 30 days with a
            mood, at least 8 with the habit and 8 without.
          </p>
        </>
      }
    >
      <ul className="rows" aria-label="Effects">
        {items.map((each) => (
          <li key={`${each.subject} ${each.habit_id ?? each.name}`}>
            <p>
              {each.habit_id ? <Link href={`/habits/${each.habit_id}`}>{each.name}</Link> : each.name}: <strong>{verdictInWords(each)}</strong>
            </p>
            {isMeasured(each) && <Whisker of={each} scale={scale} />}
            <p className="muted">{describe(each)}</p>
          </li>
        ))}
      </ul>
      {items.length === 0 && <p className="muted">Once there are habits and moods, they are compared here.</p>}
    </ChartCard>
  );
}

const describe = (each: Association) => [effectInWords(each), `${number(each.n)} days: ${number(each.done)} with, ${number(each.not_done)} without`].filter(Boolean).join("; ");

function Whisker({ of, scale }: { of: Measured; scale: number }) {
  const x = (points: number) => HALF + (points / scale) * (HALF - EDGE);
  return (
    <svg viewBox={`0 0 ${WIDTH} 20`} role="img" aria-label={`${of.name}: ${effectInWords(of)}`} className={styles.whisker}>
      <path d={`M${HALF} 0V20`} className={styles.middle} />
      <path d={`M${x(of.low)} 10H${x(of.high)}M${x(of.low)} 6V14M${x(of.high)} 6V14`} className={styles.range} />
      <circle cx={x(of.points)} cy={10} r={5} className={styles.dot} data-sure={of.verdict === "finding" || undefined} />
    </svg>
  );
}
