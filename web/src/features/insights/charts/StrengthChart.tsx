// "Are the habits sticking?": their strengths as curves, up to five at a time.
import { useQueries, type UseQueryResult } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { useSearchParams } from "wouter";
import type { Hue } from "@/api/types";
import charts from "@/components/Chart.module.css";
import { Several } from "@/components/Choice";
import { percent, plural, spokenDate } from "@/lib/words";
import { habitDays } from "../queries";
import type { HabitDays, HabitFigures } from "../types";
import { rate } from "../words";
import { aligned } from "./aligned";
import { ChartCard } from "./ChartCard";

const StrengthLines = lazy(() => import("./StrengthLines"));

const MOST = 5;
const AT_FIRST = 3;

/** Lines stay apart without colour: each has a hue and a rhythm of its own. */
const pens: { hue: Hue; dash: number[] }[] = [
  { hue: "teal", dash: [] },
  { hue: "rose", dash: [9, 5] },
  { hue: "blue", dash: [2, 4] },
  { hue: "amber", dash: [14, 4, 2, 4] },
  { hue: "violet", dash: [5, 2] },
];

export type Curve = { name: string; days: HabitDays["days"]; hue: Hue; dash: number[] };

function useChosen(habits: HabitFigures[]) {
  const [search, setSearch] = useSearchParams();
  const asked = search.get("curves")?.split(",") ?? [];
  const known = asked.filter((id) => habits.some(({ habit_id }) => habit_id === id)).slice(0, MOST);
  const living = habits.filter(({ archived }) => !archived).map(({ habit_id }) => habit_id);
  const choose = (ids: string[]) =>
    setSearch(
      (current) => {
        const next = new URLSearchParams(current);
        if (ids.length > 0) next.set("curves", ids.join(","));
        else next.delete("curves");
        return next;
      },
      { replace: true },
    );
  return { chosen: known.length > 0 ? known : living.slice(0, AT_FIRST), choose };
}

const together = (results: UseQueryResult<HabitDays>[]) => ({
  loaded: results.flatMap(({ data }) => data ?? []),
  failed: results.some(({ data, isError, isPaused }) => !data && (isError || isPaused)),
});

const endsOf = ({ days }: Curve) => [days[0]?.strength ?? null, days.at(-1)?.strength ?? null] as const;

/** "Read 92%, up from 80%. Water 40%, as before." Nothing as long as there is nothing to say it of. */
export function strengthsInWords(curves: Curve[]): string {
  if (curves.length === 0) return "";
  const said = curves.map((curve) => {
    const [from, to] = endsOf(curve);
    if (from === null || to === null || Math.abs(to - from) < 0.01) return `${curve.name} ${rate(to)}, as at the start`;
    return `${curve.name} ${percent(to)}, ${to > from ? "up" : "down"} from ${percent(from)}`;
  });
  return `${said.join("; ")}.`;
}

function wordsFor(chosen: string[], curves: Curve[], failed: boolean): string {
  if (chosen.length === 0) return "No habit is chosen.";
  return failed ? "Some strengths could not be loaded." : strengthsInWords(curves);
}

export function StrengthChart({ habits, days }: { habits: HabitFigures[]; days: number }) {
  const { chosen, choose } = useChosen(habits);
  const { loaded, failed } = useQueries({ queries: chosen.map((id) => habitDays(id, days)), combine: together });
  // The same curves stay the same objects, so that nothing is drawn anew without need.
  const curves = useMemo(() => {
    const names = new Map(habits.map(({ habit_id, name }) => [habit_id, name]));
    return loaded.map(({ habit_id, days: own }, index): Curve => ({ name: names.get(habit_id) ?? "", days: own, ...pens[index]! }));
  }, [loaded, habits]);
  const words = wordsFor(chosen, curves, failed);
  const { dates, strengths } = useMemo(() => aligned(curves), [curves]);
  const rows = dates.map((date, row) => ({ date, values: strengths.map((each) => each[row] ?? null) }));
  const picture = { role: "img", "aria-label": `Strength of ${plural(curves.length, "habit")} over ${days} days. ${words}` };
  return (
    <ChartCard
      title="Are the habits sticking?"
      words={words}
      controls={
        <Several
          legend={`Habits shown, up to ${MOST}`}
          options={habits.map(({ habit_id, name }) => ({ value: habit_id, label: name }))}
          values={chosen}
          most={MOST}
          onChange={choose}
        />
      }
      legend={<Legend curves={curves} />}
      table={{
        name: `strengths-${days}-days`,
        head: ["Day", ...curves.map(({ name }) => name)],
        rows: rows.toReversed().map(({ date, values }) => [spokenDate(date), ...values.map(rate)]),
        csv: () => [["date", ...curves.map(({ name }) => name)], ...rows.map(({ date, values }) => [date, ...values])],
      }}
      how={
        <p>
          Strength says how settled a habit is. Every due day moves it a little: towards 100 % when it was done, towards 0 % when it was
          not. Skipped and paused days leave it as it is; with one habit shown they are shaded.
        </p>
      }
    >
      <div className={charts.curve} {...(curves.length > 0 && picture)}>
        {curves.length > 0 && (
          <Suspense>
            <StrengthLines curves={curves} dates={dates} strengths={strengths} />
          </Suspense>
        )}
      </div>
    </ChartCard>
  );
}

const Legend = ({ curves }: { curves: Curve[] }) => (
  <ul className={charts.legend} aria-label="Legend">
    {curves.map(({ name, hue, dash }) => (
      <li key={name} data-hue={hue}>
        <svg viewBox="0 0 34 14" aria-hidden="true">
          <path d="M1 7H33" className={charts.keyLine} style={{ stroke: "var(--hue)" }} strokeDasharray={dash.join(" ")} />
        </svg>
        {name}
      </li>
    ))}
  </ul>
);
