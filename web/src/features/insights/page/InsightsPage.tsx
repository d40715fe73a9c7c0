// Answers first: what to know in sentences, what may break, what could help. Pictures come after, when somebody scrolls there.
import { lazy, Suspense, useLayoutEffect, useRef, useState } from "react";
import { ButtonLink } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { Notice } from "@/components/Notice";
import { usePageTitle } from "@/lib/hooks";
import { Near } from "../charts/Near";
import { outdated } from "../fresh";
import { askAhead, spans, useRisks, useSuggestions, useSummary } from "../queries";
import type { Summary } from "../types";
import { daysIn, useInsightsView } from "../view";
import { announcement, spanInWords } from "../words";
import { BestCard } from "./BestCard";
import { Freshness } from "./Freshness";
import { HabitsCard } from "./HabitsCard";
import { Loaded } from "./Loaded";
import { Newcomer } from "./Newcomer";
import { Overview } from "./Overview";
import { RiskCard } from "./RiskCard";
import { Sentences } from "./Sentences";
import { SuggestionsCard } from "./SuggestionsCard";

const Charts = lazy(() => import("../charts/Charts"));

/** The height of the first screen: nothing moves once the answers are in. */
const FIRST = "44rem";

export const ask = (search: string) => askAhead(daysIn(new URLSearchParams(search)));

export default function InsightsPage() {
  usePageTitle("Insights");
  const { days, setDays } = useInsightsView();
  const summary = useSummary(days);
  const risks = useRisks();
  const suggestions = useSuggestions("open");
  const heading = useRef<HTMLHeadingElement>(null);
  const [hasChosen, setHasChosen] = useState(false);
  useLayoutEffect(() => outdated.set(false), []);
  const choose = (span: number) => {
    setHasChosen(true);
    setDays(span);
  };

  return (
    <div className="page-wide stack">
      <div className="row" style={{ justifyContent: "space-between" }}>
        <h1 ref={heading} tabIndex={-1}>
          Insights
        </h1>
        <Freshness until={summary.data?.last} onShown={() => heading.current?.focus()} />
      </div>
      <div className="row" style={{ justifyContent: "space-between" }}>
        <Choice
          legend="Days shown"
          hideLegend
          compact
          options={spans.map((span) => ({ value: span, label: String(span), spoken: `${span} days` }))}
          value={days}
          onChange={choose}
        />
        <div className="row">
          <ButtonLink href="/reports/weekly" kind="quiet">
            Weekly report
          </ButtonLink>
          <ButtonLink href="/reports/monthly" kind="quiet">
            Monthly report
          </ButtonLink>
        </div>
      </div>
      <p role="status" aria-label="Figures" className="visually-hidden">
        {hasChosen && summary.data && !summary.isPlaceholderData && announcement(summary.data)}
      </p>
      {summary.isPlaceholderData && summary.isPaused && (
        <Notice role="status" title={`You are offline. These are still ${spanInWords(summary.data.days)}.`} />
      )}
      <Loaded query={summary} what="your figures" height={FIRST}>
        {(shown) => <Answers summary={shown} risks={risks} suggestions={suggestions} />}
      </Loaded>
    </div>
  );
}

type Asked = { summary: Summary; risks: ReturnType<typeof useRisks>; suggestions: ReturnType<typeof useSuggestions> };

function Answers({ summary, risks, suggestions }: Asked) {
  const isWaiting = [risks, suggestions].some(({ isPending, isPaused }) => isPending && !isPaused);
  if (isWaiting) return <div className="loading" role="status" aria-label="Loading your figures" style={{ blockSize: FIRST }} />;

  const isNew = summary.began === null || summary.ready_on !== null;
  if (isNew)
    return (
      <>
        <Sentences of={summary.sentences} />
        <Newcomer summary={summary} risks={risks.data?.items ?? []} />
        {summary.due > 0 && <HabitsCard summary={summary} />}
      </>
    );
  return (
    <>
      <Sentences of={summary.sentences} />
      <Overview summary={summary} />
      <div className="columns">
        <Loaded query={risks} what="what may break tomorrow">{(found) => <RiskCard risks={found} />}</Loaded>
        <Loaded query={suggestions} what="suggestions">{({ items }) => <SuggestionsCard items={items} />}</Loaded>
      </div>
      <HabitsCard summary={summary} />
      <BestCard summary={summary} />
      <Near height="30rem">
        <Suspense fallback={<div className="loading" style={{ blockSize: "30rem" }} />}>
          <Charts summary={summary} />
        </Suspense>
      </Near>
    </>
  );
}
