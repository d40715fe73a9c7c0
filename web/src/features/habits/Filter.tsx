// Fewer habits at a time: by words, or by a tag.
import { useRef } from "react";
import type { Habit } from "@/api/types";
import { TextField } from "@/components/Field";
import { useKeys } from "@/lib/keyboard";
import styles from "./Filter.module.css";
import type { HabitsView } from "./view";

export function Filter({ view }: { view: HabitsView }) {
  const box = useRef<HTMLDivElement>(null);
  useKeys((key) => {
    if (key !== "/") return false;
    box.current?.querySelector("input")?.focus();
    return true;
  });
  return (
    <div ref={box} className={styles.filter}>
      <TextField
        label="Filter habits"
        hideLabel
        type="search"
        placeholder="Filter"
        value={view.words}
        onChange={(event) => view.setWords(event.target.value)}
      />
    </div>
  );
}

export function Tags({ view, habits }: { view: HabitsView; habits: Habit[] }) {
  const tags = [...new Set(habits.flatMap((habit) => habit.tags))];
  if (tags.length === 0) return null;
  return (
    <div className={styles.tags} role="group" aria-label="Tags">
      {tags.map((tag) => (
        <button
          key={tag}
          type="button"
          className={styles.tag}
          aria-pressed={tag === view.tag}
          onClick={() => view.setTag(tag === view.tag ? "" : tag)}
        >
          {tag}
        </button>
      ))}
    </div>
  );
}
