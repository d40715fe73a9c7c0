// The line of the level, on the band of the middle half of each thirty days.
import { useCallback } from "react";
import type { Face } from "@/api/types";
import { calendarOptions, coloursOf, faint, secondsOfDay, usePlot } from "@/lib/plot";

type Point = { date: string; level: number | null; low: number | null; high: number | null };

export default function LevelLine({ line, faces }: { line: Point[]; faces: Face[] }) {
  const draw = useCallback(
    (parent: HTMLElement) => {
      const { axis, options } = calendarOptions(parent);
      const { accent } = coloursOf(parent, "accent");
      const edge = { width: 0, points: { show: false } };
      const words = (_: unknown, ticks: number[]) => ticks.map((tick) => faces[tick - 1]?.label.slice(0, 8) ?? "");
      return {
        options: {
          ...options,
          scales: { y: { range: [0.8, 5.2] as [number, number] } },
          axes: [axis, { ...axis, size: 56, splits: [1, 2, 3, 4, 5], values: words }],
          series: [{}, edge, edge, { stroke: accent, width: 2.5, points: { show: line.length < 2 } }],
          bands: [{ series: [1, 2] as [number, number], fill: faint(accent, 0.16) }],
        },
        data: [
          line.map(({ date }) => secondsOfDay(date)),
          line.map(({ high }) => high),
          line.map(({ low }) => low),
          line.map(({ level }) => level),
        ] as [number[], ...(number | null)[][]],
      };
    },
    [line, faces],
  );
  return <div ref={usePlot(draw)} />;
}
