// "What happened today?" in one sentence, and by type.
import { inWords } from "@/api/problem";
import { Card } from "@/components/Card";
import { Twin } from "@/components/Twin";
import { number, percent, plural } from "@/lib/words";
import styles from "./Activity.module.css";
import { byType, dayInWords } from "./counts";
import { useLastDay } from "./queries";
import { useZone } from "./view";

const SHOWN = 5;

export function LastDay({ everybodys }: { everybodys: boolean }) {
  const zone = useZone();
  const { data, error, isPaused } = useLastDay(everybodys);
  const types = byType(data ?? []);
  const total = types.reduce((sum, { n }) => sum + n, 0);
  const most = types[0]?.n ?? 1;
  return (
    <Card title={data ? `${plural(total, "event")} in the last 24 hours` : "The last 24 hours"} className={data?.length === 0 ? undefined : styles.day}>
      {!data && <p className="muted">{error ? inWords(error) : isPaused ? "Shown when you are online." : "Loading…"}</p>}
      {data && <p className="muted">{dayInWords(data, zone)}</p>}
      {types.length > 0 && (
        <>
          <ul className={styles.bars} aria-label="Events by type">
            {types.slice(0, SHOWN).map(({ type, n }) => (
              <li key={type}>
                <span>{type}</span>
                <span>{number(n)}</span>
                <span className={styles.bar} aria-hidden="true" style={{ inlineSize: `${(n / most) * 100}%` }} />
              </li>
            ))}
          </ul>
          {types.length > SHOWN && <p className="muted">And {plural(types.length - SHOWN, "more type")} in the table.</p>}
          <Twin
            name="events-by-hour"
            head={["Type", "Events", "Share"]}
            rows={types.map(({ type, n }) => [type, number(n), percent(n / total)])}
            csv={() => [["event_type", "hour", "n"], ...data!.map(({ event_type, hour, n }) => [event_type, hour, n])]}
          />
        </>
      )}
    </Card>
  );
}
