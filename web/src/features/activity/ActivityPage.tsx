// What your programs and devices do, as it happens, and what follows from it.
import { usePageTitle } from "@/lib/hooks";
import { FeedCard } from "./FeedCard";
import { LastDay } from "./LastDay";
import { RefusedCard } from "./RefusedCard";
import { RulesCard } from "./rules/RulesCard";
import { SendCard } from "./SendCard";
import { useActivityView, useIsAdmin } from "./view";

export default function ActivityPage() {
  usePageTitle("Activity");
  const view = useActivityView();
  const isAdmin = useIsAdmin();
  return (
    <div className="page-wide stack">
      <h1>Activity</h1>
      <div className="columns">
        <FeedCard view={view} />
        <div className="stack">
          <SendCard />
          <LastDay everybodys={isAdmin && view.filter.account === "all"} />
          <RulesCard />
          {isAdmin && <RefusedCard />}
        </div>
      </div>
    </div>
  );
}
