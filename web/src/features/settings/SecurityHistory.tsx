import { Card } from "@/components/Card";
import { withDevicesInWords } from "@/lib/device";
import { instant } from "@/lib/words";
import { useSecurityHistory } from "./queries";
import { Rows } from "./Rows";
import styles from "./Settings.module.css";

export function SecurityHistory() {
  const history = useSecurityHistory();
  return (
    <Card title="Security history">
      <Rows query={history} empty="Nothing happened yet.">
        {({ at, type, text }) => (
          <li key={`${at} ${type}`}>
            <span className={type === "accounts.refresh_token.reused" ? styles.warning : undefined}>{withDevicesInWords(text)}</span>
            <small className="muted">{instant(at)}</small>
          </li>
        )}
      </Rows>
    </Card>
  );
}
