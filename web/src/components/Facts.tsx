// Names and values, one pair a line.
import type { ReactNode } from "react";

export const Facts = ({ of }: { of: [string, ReactNode][] }) => (
  <table style={{ overflowWrap: "anywhere" }}>
    <tbody>
      {of.map(([name, value]) => (
        <tr key={name}>
          <th scope="row" style={{ verticalAlign: "top", whiteSpace: "nowrap" }}>
            {name}
          </th>
          <td>{value}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
