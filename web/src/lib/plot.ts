// What every curve shares: colours of the theme in force, a calendar axis, and the life of a plot in its element.
import { type RefObject, useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { IsoDate } from "./days";
import { useMedia } from "./hooks";

export const HEIGHT = 200;

/** Custom properties hold light-dark(); a probe element yields the colour in force. */
export function coloursOf<Name extends string>(parent: HTMLElement, ...names: Name[]): Record<Name, string> {
  const probe = parent.appendChild(document.createElement("i"));
  const found = names.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(found);
}

/** The same colour, let through: "rgb(1, 2, 3)" becomes "rgb(1 2 3 / 12%)". */
export const faint = (colour: string, share: number): string =>
  colour.replace(")", ` / ${Math.round(share * 100)}%)`).replaceAll(",", "");

export const secondsOfDay = (date: IsoDate): number => Date.parse(`${date}T00:00:00Z`) / 1000;

export function calendarOptions(parent: HTMLElement) {
  const { muted, line } = coloursOf(parent, "muted", "line");
  const font = `12px ${getComputedStyle(parent).fontFamily}`;
  const axis: uPlot.Axis = { stroke: muted, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  const options = {
    width: parent.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
  };
  return { axis, options };
}

type Drawing = (parent: HTMLElement) => { options: uPlot.Options; data: uPlot.AlignedData };

/** Draws anew when the drawing or the theme changes. `draw` must be stable as long as it draws the same. */
export function usePlot(draw: Drawing): RefObject<HTMLDivElement | null> {
  const parent = useRef<HTMLDivElement>(null);
  const dark = useMedia("(prefers-color-scheme: dark)");
  useEffect(() => {
    const element = parent.current!;
    const { options, data } = draw(element);
    const plot = new uPlot(options, data, element);
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [draw, dark]);
  return parent;
}
