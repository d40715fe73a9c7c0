// A part of the page that has a question of its own: its place is kept while it loads, and it says so when it cannot.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";

type Props<T> = { query: UseQueryResult<T>; what: string; height?: string; children: (data: T) => ReactNode };

export function Loaded<T>({ query, what, height, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (!query.isError && !query.isPaused)
    return <div className="loading" role="status" aria-label={`Loading ${what}`} style={{ blockSize: height }} />;
  return (
    <Notice role="status" title={query.error ? inWords(query.error) : `You are offline. This opens when you are back: ${what}.`}>
      <Button onClick={() => void query.refetch()}>Try again</Button>
    </Notice>
  );
}
