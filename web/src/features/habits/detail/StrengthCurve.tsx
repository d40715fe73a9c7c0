// The curve. uPlot draws on a canvas and copes with decades; colours are read from the tokens of the current theme.
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { HistoryDay } from "@/api/types";
import { useMedia } from "@/lib/hooks";

const HEIGHT = 200;

/** Custom properties hold light-dark(); a probe element yields the colour in force. */
function colours(parent: HTMLElement, hue: string) {
  const probe = parent.appendChild(document.createElement("i"));
  const read = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const found = { line: read(hue), text: read("muted"), grid: read("line") };
  probe.remove();
  return found;
}

function optionsFor(parent: HTMLElement, hue: string): uPlot.Options {
  const { line, text, grid } = colours(parent, hue);
  const font = `12px ${getComputedStyle(parent).fontFamily}`;
  const axis = { stroke: text, font, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
  return {
    width: parent.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
    scales: { y: { range: [0, 1] } },
    axes: [axis, { ...axis, size: 46, values: (_, ticks) => ticks.map((tick) => `${Math.round(tick * 100)} %`) }],
    series: [{}, { stroke: line, width: 2, fill: line.replace(")", " / 12%)").replaceAll(",", ""), points: { show: false } }],
  };
}

export default function StrengthCurve({ days, hue }: { days: HistoryDay[]; hue: string }) {
  const parent = useRef<HTMLDivElement>(null);
  const dark = useMedia("(prefers-color-scheme: dark)");

  useEffect(() => {
    const element = parent.current!;
    const data: uPlot.AlignedData = [
      days.map(({ date }) => Date.parse(`${date}T00:00:00Z`) / 1000),
      days.map(({ strength }) => strength),
    ];
    const plot = new uPlot(optionsFor(element, hue), data, element);
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [days, hue, dark]);

  return <div ref={parent} />;
}
