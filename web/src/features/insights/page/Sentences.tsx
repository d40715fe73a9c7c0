// The most useful things to know, each in one sentence.
import { Link } from "wouter";
import { Card } from "@/components/Card";
import { Explain } from "@/components/Explain";
import type { Sentence } from "../types";
import styles from "./Insights.module.css";

export function Sentences({ of }: { of: Sentence[] }) {
  if (of.length === 0) return null;
  return (
    <ul className={styles.cards} aria-label="In short">
      {of.map(({ kind, text, detail, habit_id }) => (
        <li key={`${kind} ${text}`}>
          <Card className={styles.card}>
            <p className={styles.sentence}>{text}</p>
            <div>
              <Explain question="How is this computed?">
                <p>{detail}</p>
              </Explain>
              {habit_id && <Link href={`/habits/${habit_id}`} className={styles.link}>Look at the habit</Link>}
            </div>
          </Card>
        </li>
      ))}
    </ul>
  );
}
