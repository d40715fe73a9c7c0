// The curves. Days that were skipped or paused are shaded when one habit stands alone.
import { useCallback } from "react";
import type uPlot from "uplot";
import { calendarOptions, coloursOf, secondsOfDay, usePlot } from "@/lib/plot";
import type { Aligned } from "./aligned";
import type { Curve } from "./StrengthChart";

const HALF_A_DAY = 43_200;
const resting = new Set(["skipped", "paused"]);

function shade(days: Curve["days"], colour: string): (plot: uPlot) => void {
  const rested = days.filter(({ state }) => resting.has(state)).map(({ date }) => secondsOfDay(date));
  return ({ ctx, bbox, valToPos }) => {
    ctx.fillStyle = colour;
    for (const noon of rested) {
      const left = valToPos(noon - HALF_A_DAY, "x", true);
      ctx.fillRect(left, bbox.top, valToPos(noon + HALF_A_DAY, "x", true) - left, bbox.height);
    }
  };
}

const percents = (_: unknown, ticks: number[]) => ticks.map((tick) => `${Math.round(tick * 100)} %`);

export default function StrengthLines({ curves, dates, strengths }: { curves: Curve[] } & Aligned) {
  const draw = useCallback(
    (parent: HTMLElement) => {
      const { axis, options } = calendarOptions(parent);
      const { track, ...colours } = coloursOf(parent, "track", ...curves.map(({ hue }) => hue));
      return {
        options: {
          ...options,
          scales: { y: { range: [0, 1] as [number, number] } },
          axes: [axis, { ...axis, size: 50, values: percents }],
          series: [{}, ...curves.map(({ hue, dash }) => ({ stroke: colours[hue], width: 2.25, dash, points: { show: false } }))],
          hooks: curves.length === 1 ? { drawClear: [shade(curves[0]!.days, track)] } : {},
        },
        data: [dates.map(secondsOfDay), ...strengths] as [number[], ...(number | null)[][]],
      };
    },
    [curves, dates, strengths],
  );
  return <div ref={usePlot(draw)} />;
}
