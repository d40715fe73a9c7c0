// Fewer events at a time: by type, by user, between two times.
import { Button } from "@/components/Button";
import { Choice } from "@/components/Choice";
import { Explain } from "@/components/Explain";
import { SelectField, TextField } from "@/components/Field";
import { cx } from "@/lib/css";
import styles from "./Activity.module.css";
import { useKnownTypes, useListedTypes } from "./queries";
import { type ActivityView, useIsAdmin } from "./view";

export function Filters({ view: { filter, change, clear, narrowed }, query }: { view: ActivityView; query: string }) {
  const isAdmin = useIsAdmin();
  const known = useKnownTypes(isAdmin && filter.account === "all");
  const listed = useListedTypes(query);
  const types = [...new Set([...known, ...listed, ...(filter.type ? [filter.type] : [])])].toSorted();
  return (
    <div role="search" aria-label="Filter events" className="stack">
      {isAdmin && (
        <Choice
          legend="Whose events"
          hideLegend
          options={[
            { value: "", label: "Mine" },
            { value: "all", label: "Everybody’s" },
          ]}
          value={filter.account === "all" ? "all" : ""}
          onChange={(account) => change({ account })}
        />
      )}
      <div className={styles.fields}>
        <SelectField label="Type" value={filter.type} onChange={(event) => change({ type: event.target.value })}>
          <option value="">All types</option>
          {types.map((type) => (
            <option key={type}>{type}</option>
          ))}
        </SelectField>
        <TextField
          label="User id"
          inputMode="numeric"
          placeholder="Anyone"
          value={filter.user}
          error={/^(-?\d{1,15})?$/.test(filter.user) ? undefined : "A whole number."}
          onChange={(event) => change({ user: event.target.value.trim() })}
        />
      </div>
      <Explain question="Between two times" open={filter.from !== "" || filter.to !== ""}>
        <div className={cx(styles.fields, styles.times)}>
          <TextField label="From" type="datetime-local" value={filter.from} onChange={(event) => change({ from: event.target.value })} />
          <TextField label="To" type="datetime-local" value={filter.to} onChange={(event) => change({ to: event.target.value })} />
        </div>
      </Explain>
      {narrowed && (
        <div>
          <Button onClick={clear}>Clear filter</Button>
        </div>
      )}
    </div>
  );
}
