// A list in a settings card, with its loading, empty and error words.
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { inWords } from "@/api/problem";
import type { List } from "@/api/types";
import { Button } from "@/components/Button";
import { cx } from "@/lib/css";
import { number } from "@/lib/words";
import styles from "./Settings.module.css";

const FIRST_SHOWN = 5;

type Props<T> = { query: UseQueryResult<List<T>>; empty: string; children: (item: T) => ReactNode };

export function Rows<T>({ query, empty, children }: Props<T>) {
  const [all, setAll] = useState(false);
  if (query.isError) return <p className="muted">{inWords(query.error)}</p>;
  if (!query.data) return <p className="muted">{query.isPaused ? "Shown when you are online." : "Loading…"}</p>;
  if (query.data.items.length === 0) return <p className="muted">{empty}</p>;
  const { items } = query.data;
  return (
    <>
      <ul className={cx("rows", styles.rows)}>{items.slice(0, all ? undefined : FIRST_SHOWN).map((item) => children(item))}</ul>
      {!all && items.length > FIRST_SHOWN && (
        <div>
          <Button onClick={() => setAll(true)}>Show all {number(items.length)}</Button>
        </div>
      )}
    </>
  );
}
