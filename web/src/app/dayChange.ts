// A page left open overnight moves on when the user's habit day does.
import { keys } from "@/api/keys";
import { habitDayNow, session } from "@/api/session";
import { untilDayChange } from "@/lib/days";
import { queryClient } from "@/lib/queryClient";

export function watchDayChange(): void {
  let day = habitDayNow();
  const look = () => {
    const now = habitDayNow();
    if (now !== day)
      for (const queryKey of [keys.todays, keys.grids, keys.habits, keys.goals, keys.moods, keys.insights]) void queryClient.invalidateQueries({ queryKey });
    day = now;
  };
  const wait = () => {
    const { user } = session.get();
    const pause = untilDayChange(Date.now(), user?.timezone ?? "UTC", user?.rollover_hour ?? 0);
    setTimeout(() => {
      look();
      wait();
    }, pause + 1_000);
  };
  wait();
  document.addEventListener("visibilitychange", look);
}
