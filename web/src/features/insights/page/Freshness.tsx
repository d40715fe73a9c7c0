// Until when the figures are; and when something happened since, the way to the new ones. Its place never changes its height.
import { Button } from "@/components/Button";
import type { IsoDate } from "@/lib/days";
import { useStore } from "@/lib/store";
import { longDate } from "@/lib/words";
import { outdated, showNewFigures } from "../fresh";
import styles from "./Insights.module.css";

export function Freshness({ until, onShown }: { until: IsoDate | undefined; onShown: () => void }) {
  const isOutdated = useStore(outdated);
  const show = () => {
    onShown();
    showNewFigures();
  };
  return (
    <div className={styles.link} role="status" aria-label="Freshness">
      {isOutdated && until ? (
        <Button onClick={show}>Something changed. Show new figures</Button>
      ) : (
        <span className="muted">{until && `Until ${longDate(until)}`}</span>
      )}
    </div>
  );
}
