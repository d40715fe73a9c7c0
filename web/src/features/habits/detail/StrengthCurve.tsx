// The curve. uPlot draws on a canvas and copes with decades; colours are read from the tokens of the current theme.
import { useCallback } from "react";
import type { HistoryDay } from "@/api/types";
import { calendarOptions, coloursOf, faint, secondsOfDay, usePlot } from "@/lib/plot";

export default function StrengthCurve({ days, hue }: { days: HistoryDay[]; hue: string }) {
  const draw = useCallback(
    (parent: HTMLElement) => {
      const { axis, options } = calendarOptions(parent);
      const line = coloursOf(parent, hue)[hue]!;
      return {
        options: {
          ...options,
          scales: { y: { range: [0, 1] as [number, number] } },
          axes: [axis, { ...axis, size: 46, values: (_: unknown, ticks: number[]) => ticks.map((tick) => `${Math.round(tick * 100)} %`) }],
          series: [{}, { stroke: line, width: 2, fill: faint(line, 0.12), points: { show: false } }],
        },
        data: [days.map(({ date }) => secondsOfDay(date)), days.map(({ strength }) => strength)] as [number[], (number | null)[]],
      };
    },
    [days, hue],
  );
  return <div ref={usePlot(draw)} />;
}
