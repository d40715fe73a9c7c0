// Every page and its address, the first that fits. Today comes with the shell.
import TodayPage from "@/features/today/TodayPage";
import { connection } from "@/lib/connection";
import { type File, type Page, page } from "./page";

type Listed = { path: string; Page: Page<object>; props?: object };

/** The parts of an address that are named in its path are props of the page, besides those given here. */
const at = <P extends object>(path: string, file: File<P>, props?: Partial<P>): Listed => ({
  path,
  Page: page(file) as Page<object>,
  props,
});

export const pages: Listed[] = [
  { path: "/", Page: TodayPage },
  at("/mood", () => import("@/features/moods/page/MoodPage")),
  at("/habits", () => import("@/features/habits/HabitsPage")),
  at("/habits/new", () => import("@/features/habits/form/NewHabitPage")),
  at("/habits/:id/edit", () => import("@/features/habits/form/EditHabitPage")),
  at("/habits/:id", () => import("@/features/habits/detail/HabitPage")),
  at("/goals", () => import("@/features/goals/GoalsPage")),
  at("/goals/:id", () => import("@/features/goals/detail/GoalPage")),
  at("/insights", () => import("@/features/insights/page/InsightsPage")),
  at("/reports/weekly", () => import("@/features/insights/reports/ReportPage"), { kind: "weekly" }),
  at("/reports/monthly", () => import("@/features/insights/reports/ReportPage"), { kind: "monthly" }),
  at("/activity", () => import("@/features/activity/ActivityPage")),
  at("/integrations", () => import("@/features/notifications/IntegrationsPage")),
  at("/integrations/history", () => import("@/features/notifications/history/HistoryPage")),
  at("/integrations/texts", () => import("@/features/notifications/templates/TemplatesPage")),
  at("/settings", () => import("@/features/settings/SettingsPage")),
  at("/operations", () => import("@/features/operations/OperationsPage")),
  at("*", () => import("./NotFoundPage")),
];

const fits = (path: string, address: string) =>
  new RegExp(`^${path.replace("*", ".*").replaceAll(/:\w+/g, "[^/]+")}/?$`).test(address);

/** Load the page of an address. One that cannot be loaded says so itself, when it is shown. */
export async function loadPage({ pathname, search }: { pathname: string; search: string }): Promise<void> {
  const found = pages.find(({ path }) => fits(path, pathname));
  await found?.Page.load?.(search).catch(() => undefined);
}

/** Whoever points at a link or steps onto it will likely go there. What somebody is reading is not asked for again. */
export function loadAhead(): void {
  for (const sign of ["pointerover", "focusin"])
    document.addEventListener(sign, ({ target }) => {
      const link = target instanceof Element && target.closest<HTMLAnchorElement>("a[href^='/']");
      if (link && link.pathname !== location.pathname && connection.get().online) void loadPage(link);
    });
}
