// Before there is anything to see: what will come, and when.
import { ButtonLink } from "@/components/Button";
import { Card } from "@/components/Card";
import { mediumDate, plural } from "@/lib/words";
import { daysBetween } from "@/lib/days";
import { useAssociations } from "../queries";
import type { Risk, Summary } from "../types";
import { type Coming, whatComes } from "../words";
import styles from "./Insights.module.css";

export const PATTERN_DAYS = 14;

export function Newcomer({ summary, risks }: { summary: Summary; risks: Risk[] }) {
  const { ready_on, began, today } = summary;
  const associations = useAssociations();
  const coming = whatComes(summary, risks, associations.data?.items ?? []);
  const title = ready_on ? `Come back on ${mediumDate(ready_on)}. ${PATTERN_DAYS} days make a pattern visible.` : `${PATTERN_DAYS} days make a pattern visible.`;
  return (
    <Card title={title}>
      <p className="muted">
        {began ? `${plural(daysBetween(began, today) + 1, "day")} so far.` : "Your first check-in or mood starts the count."} This is what
        will come, and the earliest day for it:
      </p>
      <ul className="rows">
        {coming.map((part) => (
          <Part key={part.what} part={part} />
        ))}
      </ul>
      {!began && (
        <div>
          <ButtonLink href="/" kind="primary">
            Go to Today
          </ButtonLink>
        </div>
      )}
    </Card>
  );
}

const Part = ({ part: { what, why, on } }: { part: Coming }) => (
  <li className={styles.between}>
    <span>
      <strong>{what}</strong> <span className="muted">{why}</span>
    </span>
    {on && <span>{mediumDate(on)}</span>}
  </li>
);
