// A list in a settings card, with its loading, empty and error words.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { inWords } from "@/api/problem";
import type { List } from "@/api/types";
import styles from "./Settings.module.css";

type Props<T> = { query: UseQueryResult<List<T>>; empty: string; children: (item: T) => ReactNode };

export function Rows<T>({ query, empty, children }: Props<T>) {
  if (query.isError) return <p className="muted">{inWords(query.error)}</p>;
  if (!query.data) return <p className="muted">{query.isPaused ? "Shown when you are online." : "Loading…"}</p>;
  if (query.data.items.length === 0) return <p className="muted">{empty}</p>;
  return <ul className={styles.rows}>{query.data.items.map((item) => children(item))}</ul>;
}
