// The burn-up itself: what was done as steps, the target, the pace and the fan of what may come, each in a line of its own kind.
import { useCallback } from "react";
import uPlot from "uplot";
import { calendarOptions, coloursOf, faint, secondsOfDay, usePlot } from "@/lib/plot";
import type { Goal } from "../types";
import { type BurnUp, heightOf } from "./burnup";

const compact = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });
const SIZE = 5;

type Milestones = Goal["milestones"];

/** A diamond where each milestone was reached, an empty one at the edge where it waits. */
function drawMilestones(plot: uPlot, milestones: Milestones, colour: string, ground: string): void {
  const { ctx, bbox } = plot;
  const size = SIZE * uPlot.pxRatio;
  for (const { at, reached_on } of milestones) {
    const y = plot.valToPos(at, "y", true);
    const x = reached_on ? plot.valToPos(secondsOfDay(reached_on), "x", true) : bbox.left + bbox.width - size;
    ctx.beginPath();
    ctx.moveTo(x, y - size);
    for (const [dx, dy] of [[size, 0], [0, size], [-size, 0]] as const) ctx.lineTo(x + dx, y + dy);
    ctx.closePath();
    ctx.fillStyle = reached_on ? colour : ground;
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.5 * uPlot.pxRatio;
    ctx.fill();
    ctx.stroke();
  }
}

export default function BurnUpLines({ lines, milestones }: { lines: BurnUp; milestones: Milestones }) {
  const draw = useCallback(
    (parent: HTMLElement) => {
      const { axis, options } = calendarOptions(parent);
      const { accent, text, muted, card } = coloursOf(parent, "accent", "text", "muted", "card");
      const line = (stroke: string, width: number, dash?: number[]): uPlot.Series => ({ stroke, width, dash, points: { show: false } });
      const steps = uPlot.paths.stepped!({ align: 1 });
      return {
        options: {
          ...options,
          scales: { y: { range: heightOf(lines) } },
          axes: [axis, { ...axis, size: 48, values: (_: unknown, ticks: number[]) => ticks.map((tick) => compact.format(tick)) }],
          series: [
            {},
            line(accent, 0),
            line(accent, 0),
            line(accent, 2, [2, 4]),
            line(text, 1.5),
            line(muted, 1.75, [8, 5]),
            { ...line(accent, 2.75), paths: steps },
          ],
          bands: [{ series: [1, 2] as [number, number], fill: faint(accent, 0.16) }],
          hooks: { draw: [(plot: uPlot) => drawMilestones(plot, milestones, text, card)] },
        },
        data: [lines.days.map(secondsOfDay), lines.high, lines.low, lines.middle, lines.target, lines.pace, lines.total] as uPlot.AlignedData,
      };
    },
    [lines, milestones],
  );
  return <div ref={usePlot(draw)} />;
}
