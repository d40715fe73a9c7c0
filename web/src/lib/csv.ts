// A table the user can take along.
import { saveFile } from "./files";

type Cell = string | number | boolean | null;

/** A leading apostrophe keeps spreadsheets from running a note as a formula. */
function escaped(cell: Cell): string {
  let text = cell === null ? "" : String(cell);
  if (typeof cell === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const toCsv = (rows: Cell[][]): string => rows.map((row) => row.map(escaped).join(",")).join("\r\n");

export function downloadCsv(name: string, rows: Cell[][]): void {
  saveFile(`${name}.csv`, new Blob([toCsv(rows)], { type: "text/csv" }));
}
