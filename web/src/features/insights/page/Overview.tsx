// The span in a few numbers, each beside the span before it.
import { Figure, Figures } from "@/components/Figures";
import { number, plural } from "@/lib/words";
import type { Summary } from "../types";
import { change, one, outOf, rate } from "../words";

const moodChange = (now: number, before: number | null): string => {
  if (before === null) return "";
  const by = Math.round((now - before) * 10) / 10;
  return by === 0 ? "the same" : `${number(Math.abs(by))} ${by > 0 ? "up" : "down"}`;
};

/** The comparison is left out where there is nothing to compare with. */
const Beside = ({ children }: { children: string }) => (children === "–" || children === "" ? null : <small style={{ display: "block", lineHeight: 1.3 }}>{children}</small>);

export function Overview({ summary }: { summary: Summary }) {
  const { before, strength, strength_before, mood, perfect_days } = summary;
  return (
    <Figures>
      <Figure name={`${outOf(summary)} done`}>
        {rate(summary.rate)} <Beside>{change(summary.rate, before.rate)}</Beside>
      </Figure>
      <Figure name="Strength">
        {rate(strength)} <Beside>{change(strength, strength_before)}</Beside>
      </Figure>
      <Figure name={mood ? `Mood of 5, ${plural(mood.n, "entry", "entries")}` : "Mood"}>
        {mood ? one(mood.mean) : "–"} <Beside>{mood ? moodChange(mood.mean, mood.before) : ""}</Beside>
      </Figure>
      <Figure name="Days with everything done">{number(perfect_days)}</Figure>
    </Figures>
  );
}
