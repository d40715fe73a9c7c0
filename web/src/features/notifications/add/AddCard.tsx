// The ways there are to be reached, and what this Daybeat still lacks for some of them.
import { useState } from "react";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import type { Available, Channels, Kind } from "../types";
import { kinds } from "../words";
import { AddSheet } from "./AddSheet";
import { BrowserSheet } from "./BrowserSheet";
import { TelegramSheet } from "./TelegramSheet";

export function AddCard({ channels }: { channels: Channels }) {
  const [adding, setAdding] = useState<Kind | null>(null);
  const close = () => setAdding(null);
  return (
    <Card title="Add a way to reach you">
      <ul className="rows" aria-label="Ways to add">
        {channels.available.map((way) => (
          <Way key={way.kind} way={way} onAdd={() => setAdding(way.kind)} />
        ))}
      </ul>
      {adding === "telegram" && <TelegramSheet bot={channels.bot} onClose={close} />}
      {adding === "web_push" && <BrowserSheet pushKey={channels.push_key} onClose={close} />}
      {adding && adding !== "telegram" && adding !== "web_push" && <AddSheet kind={adding} onClose={close} />}
    </Card>
  );
}

function Way({ way: { kind, ready, how_to }, onAdd }: { way: Available; onAdd: () => void }) {
  const { name, about } = kinds[kind] ?? { name: kind, about: "" };
  return (
    <li className="row" style={{ justifyContent: "space-between" }}>
      <div style={{ flex: "1 1 12rem" }}>
        <strong>{name}</strong>
        <p className="muted">
          <small>{ready ? about : how_to || "Not set up on this Daybeat."}</small>
        </p>
      </div>
      {ready && (
        <Button aria-label={`Add ${name}`} onClick={onAdd}>
          Add
        </Button>
      )}
    </li>
  );
}
