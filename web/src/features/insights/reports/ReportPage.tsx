// A week or a month on one sheet: to read, to print, to pass on.
import { useSearchParams } from "wouter";
import { habitDayNow, session } from "@/api/session";
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
import { lastLived, lastOver, type Period, periodAround } from "./period";
import styles from "./Report.module.css";

type Kind = Report["kind"];

const names: Record<Kind, { title: string; one: string; other: Kind; to: string }> = {
  weekly: { title: "Weekly report", one: "Week", other: "monthly", to: "Month instead" },
  monthly: { title: "Monthly report", one: "Month", other: "weekly", to: "Week instead" },
};

const spanOf = ({ kind, first, last }: Period) => (kind === "monthly" ? monthAndYear(first) : dateRange(first, last));

function expected(kind: Kind, day: string | null): Period {
  const calendar = { today: habitDayNow(), weekStart: session.get().user?.week_start ?? 0 };
  return day ? periodAround(kind, day, calendar) : lastOver(kind, calendar);
}

export default function ReportPage({ kind }: { kind: Kind }) {
  const { title, to, other } = names[kind];
  usePageTitle(title);
  const [search, setSearch] = useSearchParams();
  const asked = search.get("day");
  const day = isDate(asked) ? asked : null;
  const report = useReport(kind, day);
  // Without an answer (on its way, offline, failed) the reader still sees where this is, and gets away from here.
  const period = report.data ?? expected(kind, day);
  return (
    <article className={`page-wide stack ${styles.report}`}>
      <div className={`row ${styles.tools}`}>
        <ButtonLink href="/insights" kind="quiet">
          Insights
        </ButtonLink>
        <ButtonLink href={`/reports/${other}?day=${lastLived(period, habitDayNow())}`} kind="quiet">
          {to}
        </ButtonLink>
        <Button disabled={!report.data} onClick={() => void copy(report.data!.text).then((said) => toast(said))}>
          Copy as text
        </Button>
        <Button kind="primary" disabled={!report.data} onClick={() => print()}>
          Print or save as PDF
        </Button>
      </div>
      <Title period={period} onDay={(next) => setSearch({ day: next }, { replace: true })} />
      <Loaded query={report} what="this report" height="44rem">
        {(shown) => <Sheet report={shown} />}
      </Loaded>
    </article>
  );
}

function Title({ period, onDay }: { period: Period; onDay: (day: string) => void }) {
  const { first, last, is_over: isOver } = period;
  const { title, one } = names[period.kind];
  return (
    <header className={styles.title}>
      <div>
        <h1>{title}</h1>
        <p className="muted" role="status" aria-label="Time">
          {spanOf(period)}
          {!isOver && ", not over yet"}
        </p>
      </div>
      <div className={styles.tools}>
        <IconButton icon="previous" label={`${one} before`} onClick={() => onDay(addDays(first, -1))} />
        {/* A disabled button would lose the focus of whoever walks to the last one by keyboard. */}
        <IconButton icon="next" label={`${one} after`} aria-disabled={!isOver} onClick={() => isOver && onDay(addDays(last, 1))} />
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
