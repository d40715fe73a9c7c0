import { Sheet } from "@/components/Sheet";

const groups: { title: string; keys: [string[], string][] }[] = [
  {
    title: "Today",
    keys: [
      [["1", "9"], "Check in the first to ninth habit"],
      [["j", "k"], "Next, previous habit"],
      [["Space"], "Check in, or take it back"],
      [["s"], "Skip"],
      [["n"], "Write a note"],
      [["."], "More"],
      [["[", "]"], "Previous, next day"],
    ],
  },
  {
    title: "Everywhere",
    keys: [
      [["m", "1"], "Say how you feel, 1 to 5"],
      [["u"], "Undo the last check-in or mood"],
      [["/"], "Filter habits"],
      [["g", "t"], "Go to Today"],
      [["g", "m"], "Go to Mood"],
      [["g", "h"], "Go to Habits"],
      [["g", "o"], "Go to Goals"],
      [["g", "i"], "Go to Insights"],
      [["g", "a"], "Go to Activity"],
      [["g", "n"], "Go to Integrations"],
      [["g", "s"], "Go to Settings"],
      [["Ctrl", "K"], "Go to or check in by name"],
      [["?"], "This help"],
      [["Esc"], "Close"],
    ],
  },
];

export default function Help({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title="Keyboard" onClose={onClose}>
      {groups.map(({ title, keys }) => (
        <section key={title} className="stack" style={{ gap: "0.25rem" }}>
          <h3>{title}</h3>
          <table>
            <thead className="visually-hidden">
              <tr>
                <th scope="col">Key</th>
                <th scope="col">What it does</th>
              </tr>
            </thead>
            <tbody>
              {keys.map(([names, words]) => (
                <tr key={words}>
                  <td>
                    <span className="row">
                      {names.map((name) => (
                        <kbd key={name}>{name}</kbd>
                      ))}
                    </span>
                  </td>
                  <td>{words}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
      <p className="muted">Single keys rest while you type. Settings can turn them off.</p>
    </Sheet>
  );
}
