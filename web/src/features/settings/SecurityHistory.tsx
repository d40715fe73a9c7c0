import { Card } from "@/components/Card";
import { instant } from "@/lib/words";
import { useSecurityHistory } from "./queries";
import { Rows } from "./Rows";

export function SecurityHistory() {
  const history = useSecurityHistory();
  return (
    <Card title="Security history">
      <Rows query={history} empty="Nothing happened yet.">
        {({ at, type, text }) => (
          <li key={`${at} ${type}`}>
            <span>{type === "accounts.refresh_token.reused" ? <strong>{text}</strong> : text}</span>
            <small className="muted">{instant(at)}</small>
          </li>
        )}
      </Rows>
    </Card>
  );
}
