// What was going on: tags with the mood they went with.
import { useState } from "react";
import type { MoodTag } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Explain } from "@/components/Explain";
import { Face } from "@/components/Face";
import { cx } from "@/lib/css";
import { number, plural } from "@/lib/words";
import { useFaces } from "../queries";
import styles from "./Mood.module.css";
import { nearest } from "./pixels";

const FIRST_SHOWN = 8;

export function TagsCard({ tags, days }: { tags: MoodTag[]; days: number }) {
  const faces = useFaces();
  const [all, setAll] = useState(false);
  return (
    <Card title="What was going on?">
      <p className="muted">
        {tags.length > 0 ? `Tags of the last ${days} days, the most used first.` : "Tags you put on a mood gather here, each with its mean."}
      </p>
      <ul className={cx("rows", styles.rows)}>
        {tags.slice(0, all ? undefined : FIRST_SHOWN).map(({ tag, mean, count }) => (
          <li key={tag}>
            <Face score={nearest(mean)} look={faces[nearest(mean) - 1]} />
            <span className={styles.grow}>{tag}</span>
            <span className="muted">
              {number(Math.round(mean * 10) / 10)} of 5, {plural(count, "mood")}
            </span>
          </li>
        ))}
      </ul>
      {!all && tags.length > FIRST_SHOWN && (
        <div>
          <Button onClick={() => setAll(true)}>Show all {number(tags.length)}</Button>
        </div>
      )}
      {tags.length > 0 && (
        <Explain question="How is this computed?">
          <p>The mean of all moods with that tag. It goes with how you felt; it need not be the reason.</p>
        </Explain>
      )}
    </Card>
  );
}
