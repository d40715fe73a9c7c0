// Progress that changes while the page is open is also heard.
import { useEffect, useRef, useState } from "react";
import type { Goal } from "./types";
import { spokenProgress } from "./words";

export function Spoken({ goals }: { goals: Goal[] }) {
  const before = useRef(new Map<string, number>());
  const [words, setWords] = useState("");
  useEffect(() => {
    const known = before.current;
    const news = goals.filter(({ id, progress }) => known.has(id) && known.get(id) !== progress);
    for (const { id, progress } of goals) known.set(id, progress);
    if (news.length > 0) setWords(news.map(spokenProgress).join(" "));
  }, [goals]);
  return (
    <p role="status" aria-label="Progress" className="visually-hidden">
      {words}
    </p>
  );
}
