// Today's own keys: numbers check in, j and k move, brackets change the day.
import type { Today } from "@/api/types";
import { pairBegun, useKeys } from "@/lib/keyboard";
import { useDayNavigation } from "./DayHeader";

const buttons = () => [...document.querySelectorAll<HTMLButtonElement>("main [data-check-in]")];

function move(by: number): void {
  const all = buttons().filter((button) => button.checkVisibility());
  const here = all.indexOf(document.activeElement as HTMLButtonElement);
  all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, here + by))]?.focus();
}

export function useTodayKeys(day: Today | undefined): void {
  const navigation = useDayNavigation(day);
  useKeys((key) => {
    if (pairBegun()) return false;
    if (/^[1-9]$/.test(key)) buttons()[Number(key) - 1]?.click();
    else if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "[") navigation.previous();
    else if (key === "]") navigation.next();
    else return false;
    return true;
  });
}
