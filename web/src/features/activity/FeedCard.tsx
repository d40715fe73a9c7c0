// Every event, the newest first, narrowed by the filter in the address.
import { useState } from "react";
import { inWords } from "@/api/problem";
import { habitDayNow } from "@/api/session";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { saveFile } from "@/lib/files";
import { useSettled } from "@/lib/hooks";
import { toast } from "@/lib/toasts";
import { Feed } from "./Feed";
import { Filters } from "./Filters";
import { exportEvents } from "./queries";
import type { ActivityView } from "./view";

const TYPING_MS = 300;

export function FeedCard({ view }: { view: ActivityView }) {
  const query = useSettled(view.query, TYPING_MS);
  return (
    <Card title="Events">
      <Filters view={view} query={query} />
      <Feed key={query} query={query} view={view} />
      <Export query={query} narrowed={view.narrowed} />
    </Card>
  );
}

const files = [
  { format: "csv", name: "CSV" },
  { format: "ndjson", name: "NDJSON" },
] as const;

function Export({ query, narrowed }: { query: string; narrowed: boolean }) {
  const [busy, setBusy] = useState(false);
  const all = narrowed ? "Save all that match as" : "Save all as";
  const save = async (format: "csv" | "ndjson") => {
    setBusy(true);
    try {
      saveFile(`events-${habitDayNow()}.${format}`, await exportEvents(query, format));
    } catch (error) {
      toast(`Not saved. ${inWords(error)}`);
    }
    setBusy(false);
  };
  return (
    <div className="row">
      <span className="muted">{all}</span>
      {files.map(({ format, name }) => (
        <Button key={format} aria-label={`${all} ${name}`} disabled={busy} onClick={() => void save(format)}>
          {name}
        </Button>
      ))}
    </div>
  );
}
