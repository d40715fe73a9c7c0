// How this Daybeat runs, for those who run it. A sentence first: is everything well, and if not, what to do.
import { inWords, Problem } from "@/api/problem";
import { session } from "@/api/session";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { usePageTitle } from "@/lib/hooks";
import { useStore } from "@/lib/store";
import { instant } from "@/lib/words";
import { Connections } from "./Connections";
import styles from "./Operations.module.css";
import { Parts, Queues } from "./Parts";
import { Processes } from "./Processes";
import { Quarantine } from "./Quarantine";
import { useOperations } from "./queries";
import { Readers } from "./Readers";
import type { Operations } from "./types";
import { headline, troubles } from "./words";

export default function OperationsPage() {
  usePageTitle("Operations");
  const isAdmin = useStore(session, ({ user }) => user?.is_admin ?? false);
  return (
    <div className="page-wide stack">
      <h1>Operations</h1>
      {isAdmin ? <Live /> : <Notice title="This page is for admins.">The first account of a Daybeat is its admin.</Notice>}
    </div>
  );
}

const wordsFor = (error: unknown) =>
  error instanceof Problem && error.status === 503 ? "The database does not answer. Check-ins wait on people’s devices until it is back." : inWords(error);

function Live() {
  const { data, error, isPaused, refetch } = useOperations();
  const trouble = error ? wordsFor(error) : isPaused ? "You are offline." : null;
  return (
    <>
      {trouble && (
        <Notice tone="warn" role="alert" title={trouble}>
          {data && <p>These figures are from {instant(data.at)}.</p>}
          <Button onClick={() => void refetch()}>Try again</Button>
        </Notice>
      )}
      {!data && !trouble && <div className="loading" role="status" aria-label="Loading figures" />}
      {data && <Figures seen={data} />}
    </>
  );
}

function Figures({ seen }: { seen: Operations }) {
  return (
    <>
      <Summary seen={seen} />
      <div className="columns">
        <div className="stack">
          <Readers seen={seen} />
          <Quarantine count={seen.quarantined} />
          <Queues seen={seen} />
        </div>
        <div className="stack">
          <Connections seen={seen} />
          <Parts seen={seen} />
          <Processes seen={seen} />
          <p className="muted">Daybeat {seen.version}</p>
        </div>
      </div>
    </>
  );
}

function Summary({ seen }: { seen: Operations }) {
  const found = troubles(seen);
  return (
    <>
      {/* Spoken when it changes between well and not, not with every figure. */}
      <p className="visually-hidden" role="status">
        {found.length > 0 ? "Something needs you." : "All is well."}
      </p>
      {found.length === 0 ? (
        <p className={styles.lead}>{headline(seen)}</p>
      ) : (
        <Notice tone="warn">
          <ul className={styles.troubles} aria-label="What needs you">
            {found.map(({ words, remedy }) => (
              <li key={words}>
                <strong>{words}</strong>
                <p className={styles.remedy}>{remedy}</p>
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
