// Which page an address shows. Today comes with the shell; the others load when they are visited.
import { lazy, Suspense } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { Boundary } from "./Boundary";
import TodayPage from "@/features/today/TodayPage";

const MoodPage = lazy(() => import("@/features/moods/page/MoodPage"));
const HabitsPage = lazy(() => import("@/features/habits/HabitsPage"));
const HabitPage = lazy(() => import("@/features/habits/detail/HabitPage"));
const NewHabitPage = lazy(() => import("@/features/habits/form/NewHabitPage"));
const EditHabitPage = lazy(() => import("@/features/habits/form/EditHabitPage"));
const GoalsPage = lazy(() => import("@/features/goals/GoalsPage"));
const GoalPage = lazy(() => import("@/features/goals/detail/GoalPage"));
const InsightsPage = lazy(() => import("@/features/insights/page/InsightsPage"));
const ReportPage = lazy(() => import("@/features/insights/reports/ReportPage"));
const ActivityPage = lazy(() => import("@/features/activity/ActivityPage"));
const IntegrationsPage = lazy(() => import("@/features/notifications/IntegrationsPage"));
const HistoryPage = lazy(() => import("@/features/notifications/history/HistoryPage"));
const TemplatesPage = lazy(() => import("@/features/notifications/templates/TemplatesPage"));
const SettingsPage = lazy(() => import("@/features/settings/SettingsPage"));
const OperationsPage = lazy(() => import("@/features/operations/OperationsPage"));
const NotFoundPage = lazy(() => import("./NotFoundPage"));

const Home = () => <Redirect to="/" replace />;

export function Routes() {
  const [location] = useLocation();
  return (
    <Boundary key={location}>
      <Suspense fallback={<div className="page" aria-busy="true" />}>
        <Switch>
          <Route path="/" component={TodayPage} />
          <Route path="/mood" component={MoodPage} />
          <Route path="/habits" component={HabitsPage} />
          <Route path="/habits/new" component={NewHabitPage} />
          <Route path="/habits/:id/edit">{({ id }) => <EditHabitPage id={id} />}</Route>
          <Route path="/habits/:id">{({ id }) => <HabitPage key={id} id={id} />}</Route>
          <Route path="/goals" component={GoalsPage} />
          <Route path="/goals/:id">{({ id }) => <GoalPage key={id} id={id} />}</Route>
          <Route path="/insights" component={InsightsPage} />
          <Route path="/reports/weekly">
            <ReportPage kind="weekly" />
          </Route>
          <Route path="/reports/monthly">
            <ReportPage kind="monthly" />
          </Route>
          <Route path="/activity" component={ActivityPage} />
          <Route path="/integrations" component={IntegrationsPage} />
          <Route path="/integrations/history" component={HistoryPage} />
          <Route path="/integrations/texts" component={TemplatesPage} />
          <Route path="/settings" component={SettingsPage} />
          <Route path="/operations" component={OperationsPage} />
          <Route path="/login" component={Home} />
          <Route path="/register" component={Home} />
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </Boundary>
  );
}
