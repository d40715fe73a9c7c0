// How far a goal is, with its milestones as notches. Decoration beside words, so silent for screen readers.
import type { Goal } from "./types";
import { share } from "./words";

const WIDTH = 1000;

export function ProgressBar({ goal }: { goal: Goal }) {
  const at = (value: number) => Math.min(1, value / goal.target) * WIDTH;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} 10`}
      preserveAspectRatio="none"
      width="100%"
      height="10"
      aria-hidden="true"
      style={{ display: "block", borderRadius: "5px" }}
    >
      <rect width={WIDTH} height="10" fill="var(--track)" />
      <rect width={share(goal) * WIDTH} height="10" fill="var(--accent)" style={{ transition: "width var(--tick) var(--ease)" }} />
      {goal.milestones
        .filter((each) => each.at < goal.target)
        .map((each) => (
          <path
            key={each.at}
            d={`M${at(each.at)} 0V10`}
            stroke={each.at <= goal.progress ? "var(--card)" : "var(--line-strong)"}
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
        ))}
    </svg>
  );
}
