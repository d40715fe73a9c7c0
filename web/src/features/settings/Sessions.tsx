import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { withDevicesInWords } from "@/lib/device";
import { toast } from "@/lib/toasts";
import { instant } from "@/lib/words";
import { useEndSession, useSessions } from "./queries";
import { Rows } from "./Rows";

export function Sessions() {
  const sessions = useSessions();
  const end = useEndSession();
  return (
    <Card title="Devices">
      <Rows query={sessions} empty="No other device is signed in.">
        {({ id, device, last_used_at, current }) => (
          <li key={id}>
            <div>
              {withDevicesInWords(device)}
              {current && <strong> · this one</strong>}
              <p className="muted">
                <small>Last used {instant(last_used_at)}</small>
              </p>
            </div>
            {!current && (
              <Button
                aria-label={`Sign out ${withDevicesInWords(device)}`}
                disabled={end.isPending}
                onClick={() => end.mutate(id, { onError: (error) => toast(inWords(error)) })}
              >
                Sign out
              </Button>
            )}
          </li>
        )}
      </Rows>
    </Card>
  );
}
