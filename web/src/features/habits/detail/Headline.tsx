// The figures people ask for first, and one tap to how they come about.
import type { Habit, Stats } from "@/api/types";
import { Explain } from "@/components/Explain";
import { Figure, Figures } from "@/components/Figures";
import { isQuota } from "@/features/check-ins/subject";
import { number, percent, plural } from "@/lib/words";

const rate = (share: number | null) => (share === null ? "–" : percent(share));

function Kept({ habit, stats }: { habit: Habit; stats: Stats }) {
  const { successes, due } = stats.progress;
  const period = habit.schedule.kind === "per_month" ? "This month" : "This week";
  return isQuota(habit) ? (
    <Figure name={period}>
      {number(successes)} <small>of {number(due)}</small>
    </Figure>
  ) : (
    <Figure name={`${number(successes)} of ${number(due)} due`}>{rate(stats.progress.rate)}</Figure>
  );
}

export function Headline({ habit }: { habit: Habit }) {
  const { stats } = habit;
  const unit = (count: number) => plural(count, stats.unit).split(" ")[1];
  return (
    <div>
      <Figures>
        <Figure name="Strength">{percent(stats.strength)}</Figure>
        <Figure name="Streak">
          {number(stats.streak)} <small>{unit(stats.streak)}</small>
        </Figure>
        <Figure name="Best streak">
          {number(stats.best_streak)} <small>{unit(stats.best_streak)}</small>
        </Figure>
        <Figure name="Last 30 days">{rate(stats.rate_30d)}</Figure>
        <Kept habit={habit} stats={stats} />
        <Figure name="Check-ins">{number(stats.total)}</Figure>
      </Figures>
      <Explain question="How is strength computed?">
        <p>
          Strength says how settled a habit is. Every due day moves it a little: towards 100 % when you did it, towards 0 %
          when you did not. Yesterday weighs more than last month, so one missed day changes little and good weeks build up.
        </p>
        <p>
          For a daily habit, 13 check-ins in a row make 50 %, 26 make 75 %. Skipped and paused days leave it as it is, and
          today counts only once you checked in or the day is over.
        </p>
        <p className="muted">
          In figures: new = m × old + (1 − m) × done, with m = 0.5<sup>√f ⁄ 13</sup> and f the times a day the habit is due.
        </p>
      </Explain>
    </div>
  );
}
