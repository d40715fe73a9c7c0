// The same figures as a table and as a file: nothing is told by a picture alone.
import { useState } from "react";
import { downloadCsv } from "@/lib/csv";
import { Button } from "./Button";
import { Explain } from "./Explain";

type Props = { name: string; head: string[]; rows: string[][]; csv: () => (string | number | null)[][] };

export function Twin({ name, head, rows, csv }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <div className="row" style={{ alignItems: "start", columnGap: "0.75rem", justifyContent: "space-between", rowGap: 0 }}>
      <div style={{ minInlineSize: 0 }} onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}>
        <Explain question="Show as table">
          {open && (
            <table>
              <thead>
                <tr>
                  {head.map((title) => (
                    <th key={title} scope="col">
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((cells) => (
                  <tr key={cells.join()}>
                    {cells.map((cell, index) => (
                      <td key={head[index]}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Explain>
      </div>
      <Button kind="quiet" onClick={() => downloadCsv(name, csv())}>
        Save as CSV
      </Button>
    </div>
  );
}
