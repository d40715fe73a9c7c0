// What this browser keeps: check-ins that wait for the server, and the last answers, so the page opens offline.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

export interface DaybeatDatabase extends DBSchema {
  outbox: { key: string; value: { id: string } & Record<string, unknown> };
  answers: { key: string; value: unknown };
}

let opening: Promise<IDBPDatabase<DaybeatDatabase>> | undefined;

export function database(): Promise<IDBPDatabase<DaybeatDatabase>> {
  opening ??= openDB<DaybeatDatabase>("daybeat", 1, {
    upgrade(db) {
      db.createObjectStore("outbox", { keyPath: "id" });
      db.createObjectStore("answers");
    },
  });
  return opening;
}
