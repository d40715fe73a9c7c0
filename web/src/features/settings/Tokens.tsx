// Keys for other programs. A token is shown once, right after it was made.
import { type FormEvent, useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Choice } from "@/components/Choice";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { toast } from "@/lib/toasts";
import { instant } from "@/lib/words";
import { useCreateToken, useRevokeToken, useTokens } from "./queries";
import { Rows } from "./Rows";
import styles from "./Settings.module.css";

const SCOPES = {
  write: ["read", "write", "events:read", "events:write"],
  read: ["read", "events:read"],
  events: ["events:write"],
} as const;

const IN_WORDS: Record<string, string> = { "events:read": "read events", "events:write": "send events" };

export function Tokens() {
  const tokens = useTokens();
  const create = useCreateToken();
  const revoke = useRevokeToken();
  const [may, setMay] = useState<keyof typeof SCOPES>("write");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get("name")).trim();
    create.mutate({ name, scopes: [...SCOPES[may]] }, { onSuccess: () => form.reset() });
  };
  return (
    <Card title="API tokens">
      <p className="muted">For your own scripts and for the terminal.</p>
      {create.data && (
        <Notice role="status" title={`${create.data.name}: copy it now, it is shown only once.`}>
          <code className={styles.secret}>{create.data.token}</code>
        </Notice>
      )}
      {create.isError && (
        <Notice tone="warn" role="alert">
          {inWords(create.error)}
        </Notice>
      )}
      <Rows query={tokens} empty="No tokens yet.">
        {({ id, name, prefix, scopes, last_used_at }) => (
          <li key={id}>
            <div>
              {name} <code className="muted">{prefix}…</code>
              <p className="muted">
                <small>
                  May {scopes.map((scope) => IN_WORDS[scope] ?? scope).join(", ")}. {last_used_at ? `Last used ${instant(last_used_at)}` : "Not used yet"}
                </small>
              </p>
            </div>
            <Button
              aria-label={`Revoke ${name}`}
              disabled={revoke.isPending}
              onClick={() => revoke.mutate(id, { onError: (error) => toast(inWords(error)) })}
            >
              Revoke
            </Button>
          </li>
        )}
      </Rows>
      <form className="stack" onSubmit={submit}>
        <TextField label="Name of a new token" name="name" required maxLength={80} hint="Where it is used, such as kitchen display" />
        <Choice
          legend="It may"
          options={[
            { value: "write", label: "Read and write" },
            { value: "read", label: "Only read" },
            { value: "events", label: "Only send activity events" },
          ]}
          value={may}
          onChange={setMay}
        />
        <div>
          <Button type="submit" disabled={create.isPending}>
            Create token
          </Button>
        </div>
      </form>
    </Card>
  );
}
