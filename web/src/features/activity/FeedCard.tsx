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
      <Filters view={view} />
      <Feed key={query} query={query} view={view} />
      <Export query={query} />
    </Card>
  );
}

const files = [
  { format: "csv", name: "CSV" },
  { format: "ndjson", name: "NDJSON" },
] as const;

function Export({ query }: { query: string }) {
  const [busy, setBusy] = useState<string | null>(null);
  const save = async (format: "csv" | "ndjson") => {
    setBusy(format);
    try {
      saveFile(`events-${habitDayNow()}.${format}`, await exportEvents(query, format));
    } catch (error) {
      toast(`Not saved. ${inWords(error)}`);
    }
    setBusy(null);
  };
  return (
    <div className="row">
      {files.map(({ format, name }) => (
        <Button key={format} disabled={busy !== null} onClick={() => void save(format)}>
          {busy === format ? "Saving…" : `Save as ${name}`}
        </Button>
      ))}
      <small className="muted">All events of this filter, not only those in the list.</small>
    </div>
  );
}
