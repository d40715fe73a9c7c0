// Things that speak MQTT: a button by the door, a Home Assistant. Each has credentials of its own, shown once.
import { type FormEvent, useState } from "react";
import { fieldErrors, inWords } from "@/api/problem";
import { session } from "@/api/session";
import type { MqttDeviceMade, MqttStatus } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { TextField } from "@/components/Field";
import { Notice } from "@/components/Notice";
import { State } from "@/components/State";
import { copy } from "@/lib/files";
import { toast } from "@/lib/toasts";
import { instant } from "@/lib/words";
import { useAddMqttDevice, useMqttDevices, useMqttStatus, useRemoveMqttDevice } from "./queries";
import { Rows } from "./Rows";
import styles from "./Settings.module.css";

export function MqttDevices() {
  const status = useMqttStatus();
  const devices = useMqttDevices();
  const add = useAddMqttDevice();
  const remove = useRemoveMqttDevice();
  const errors = fieldErrors(add.error);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    add.mutate(String(new FormData(form).get("name")).trim(), { onSuccess: () => form.reset() });
  };
  return (
    <Card title="MQTT devices">
      {status.data && <Standing status={status.data} />}
      {add.data && <Credentials device={add.data} />}
      <Rows query={devices} empty="No devices yet.">
        {({ id, name, client_id, created_at }) => (
          <li key={id}>
            <div>
              {name}
              <p className="muted">
                <small>
                  {client_id} · added {instant(created_at)}
                </small>
              </p>
            </div>
            <Button
              aria-label={`Remove ${name}`}
              disabled={remove.isPending}
              onClick={() => remove.mutate(id, { onError: (error) => toast(inWords(error)) })}
            >
              Remove
            </Button>
          </li>
        )}
      </Rows>
      {status.data && status.data.state !== "off" && (
        <form className="row" onSubmit={submit} style={{ alignItems: "end" }} noValidate>
          <div style={{ flex: "1 1 12rem" }}>
            <TextField
              label="Name of a new device"
              name="name"
              maxLength={100}
              error={errors.name ?? (add.isError ? inWords(add.error) : undefined)}
            />
          </div>
          <Button type="submit" disabled={add.isPending}>
            Add device
          </Button>
        </form>
      )}
    </Card>
  );
}

function Standing({ status: { state, url, connected, how_to } }: { status: MqttStatus }) {
  if (state === "off")
    return (
      <>
        <p>
          <State is="open">MQTT is off</State>
        </p>
        <p className="muted">{how_to}</p>
      </>
    );
  return (
    <>
      <p>
        <State is={connected ? "good" : "open"}>{connected ? "Connected" : "Not connected"}</State>
        {url && (
          <>
            {" "}
            to <code>{url}</code>
          </>
        )}
      </p>
      {how_to && <p className="muted">{how_to}</p>}
    </>
  );
}

function snippet({ url, username, password, client_id }: MqttDeviceMade): string {
  const address = new URL(url.replace(/^mqtt/, "http"));
  const user = session.get().user?.id ?? "USER";
  const port = address.port || (url.startsWith("mqtts") ? "8883" : "1883");
  const way = `-h ${address.hostname} -p ${port} -u ${username} -P ${password} -i ${client_id}`;
  return [
    `mosquitto_sub ${way} -t daybeat/u/${user}/mood/prompt`,
    `mosquitto_pub ${way} -q 1 -t daybeat/u/${user}/mood/reply -m '{"reply_id": "1", "mood": "happy"}'`,
  ].join("\n");
}

const take = (text: string) => void copy(text).then((words) => toast(words));

function Credentials({ device }: { device: MqttDeviceMade }) {
  const [shown] = useState(() => snippet(device));
  const fields = [
    ["Address", device.url],
    ["User name", device.username],
    ["Password", device.password],
    ["Client id", device.client_id],
  ] as const;
  return (
    <Notice role="status" title={`${device.name}: copy it now, the password is shown only once.`}>
      <dl className={styles.credentials}>
        {fields.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
            <Button aria-label={`Copy ${name.toLowerCase()}`} onClick={() => take(value)}>
              Copy
            </Button>
          </div>
        ))}
      </dl>
      <p className="muted">With Mosquitto’s own clients, one at a time:</p>
      <pre className={styles.secret}>{shown}</pre>
      <Button onClick={() => take(shown)}>Copy commands</Button>
    </Notice>
  );
}
