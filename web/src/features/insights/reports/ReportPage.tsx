// A week or a month on one sheet: to read, to print, to pass on.
import { useSearchParams } from "wouter";
import { Button, ButtonLink, IconButton } from "@/components/Button";
import { Card } from "@/components/Card";
import { addDays, isDate } from "@/lib/days";
import { copy } from "@/lib/files";
import { usePageTitle } from "@/lib/hooks";
import { toast } from "@/lib/toasts";
import { dateRange, monthAndYear } from "@/lib/words";
import { Loaded } from "../page/Loaded";
import { useReport } from "../queries";
import type { Report } from "../types";
import { DaysTable } from "./DaysTable";
import { GoalsTable } from "./GoalsTable";
import { Headline } from "./Headline";
import styles from "./Report.module.css";

type Kind = Report["kind"];

const names: Record<Kind, { title: string; one: string; other: Kind; to: string }> = {
  weekly: { title: "Weekly report", one: "Week", other: "monthly", to: "Month instead" },
  monthly: { title: "Monthly report", one: "Month", other: "weekly", to: "Week instead" },
};

const spanOf = ({ kind, first, last }: Report) => (kind === "monthly" ? monthAndYear(first) : dateRange(first, last));

export default function ReportPage({ kind }: { kind: Kind }) {
  const { title, to, other } = names[kind];
  usePageTitle(title);
  const [search, setSearch] = useSearchParams();
  const day = search.get("day");
  const report = useReport(kind, isDate(day) ? day : null);
  return (
    <article className={`page-wide stack ${styles.report}`}>
      <div className={`row ${styles.tools}`}>
        <ButtonLink href="/insights" kind="quiet">
          Insights
        </ButtonLink>
        <ButtonLink href={`/reports/${other}${report.data ? `?day=${report.data.last}` : ""}`} kind="quiet">
          {to}
        </ButtonLink>
        <Button disabled={!report.data} onClick={() => void copy(report.data!.text).then((said) => toast(said))}>
          Copy as text
        </Button>
        <Button kind="primary" disabled={!report.data} onClick={() => print()}>
          Print or save as PDF
        </Button>
      </div>
      <Title report={report.data} kind={kind} onDay={(next) => setSearch({ day: next }, { replace: true })} />
      <Loaded query={report} what="this report" height="44rem">
        {(shown) => <Sheet report={shown} />}
      </Loaded>
    </article>
  );
}

function Title({ report, kind, onDay }: { report: Report | undefined; kind: Kind; onDay: (day: string) => void }) {
  const { title, one } = names[kind];
  return (
    <header className={styles.title}>
      <div>
        <h1>{title}</h1>
        <p className="muted" role="status" aria-label="Time">
          {report ? spanOf(report) : "…"}
          {report && !report.is_over && ", not over yet"}
        </p>
      </div>
      <div className={styles.tools}>
        <IconButton icon="previous" label={`${one} before`} disabled={!report} onClick={() => onDay(addDays(report!.first, -1))} />
        <IconButton icon="next" label={`${one} after`} disabled={!report?.is_over} onClick={() => onDay(addDays(report!.last, 1))} />
      </div>
    </header>
  );
}

function Sheet({ report }: { report: Report }) {
  const { sentences, advice, habits, goals } = report;
  return (
    <>
      {sentences.length > 0 && (
        <Card title="In short">
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {advice && <p className="preview">{advice}</p>}
        </Card>
      )}
      <Headline report={report} />
      {habits.length > 0 && <DaysTable report={report} />}
      {goals.length > 0 && <GoalsTable goals={goals} />}
    </>
  );
}
