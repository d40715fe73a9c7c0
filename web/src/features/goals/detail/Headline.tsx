import { Figure, Figures } from "@/components/Figures";
import { daysBetween } from "@/lib/days";
import { number } from "@/lib/words";
import { ProgressBar } from "../ProgressBar";
import type { Goal } from "../types";
import { amount, isOver, perTime, rounded, shareInWords } from "../words";

/** The figures people ask for first. */
export function Headline({ goal, today }: { goal: Goal; today: string }) {
  const { progress, target, remaining, pace, needed_pace: needed, unit, start } = goal;
  const { factor, words } = perTime([pace, needed ?? 0]);
  const last = goal.reached_on ?? goal.ended_on ?? today;
  const open = !isOver(goal) && remaining > 0;
  return (
    <div className="stack" style={{ gap: "0.6rem" }}>
      <ProgressBar goal={goal} />
      <Figures>
        <Figure name={`of ${amount(target, unit)}, ${shareInWords(goal)}`}>{number(rounded(progress))}</Figure>
        {remaining > 0 && <Figure name="To go">{amount(remaining, unit)}</Figure>}
        {open && (
          <Figure name="Pace">
            {amount(pace * factor, unit)} <small>{words}</small>
          </Figure>
        )}
        {open && needed !== null && (
          <Figure name="Needed">
            {amount(needed * factor, unit)} <small>{words}</small>
          </Figure>
        )}
        {(!open || needed === null) && <Figure name={open ? "Days so far" : "Days it took"}>{number(daysBetween(start, last) + 1)}</Figure>}
      </Figures>
    </div>
  );
}
