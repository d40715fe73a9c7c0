// Ctrl-K: the way to any page, any habit and any check-in, by name.
import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { useLocation } from "wouter";
import { Sheet } from "@/components/Sheet";
import { DaySheet, type Opened } from "@/features/check-ins/DaySheet";
import styles from "./Palette.module.css";
import { useCommands } from "./useCommands";

const SHOWN = 8;

export default function Palette({ onClose }: { onClose: () => void }) {
  const [, navigate] = useLocation();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [opened, setOpened] = useState<Opened | null>(null);
  const id = useId();
  const commands = useCommands({ navigate, open: setOpened });
  const found = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return commands.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word))).slice(0, SHOWN);
  }, [commands, text]);

  const run = (index: number) => {
    if (found[index]?.run() !== "stay") onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by) setAt((current) => (current + by + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") run(at);
    else return;
    event.preventDefault();
  };

  if (opened) return <DaySheet {...opened} onClose={onClose} />;
  return (
    <Sheet title="Go to or check in" onClose={onClose}>
      <input
        data-first
        className={styles.input}
        role="combobox"
        aria-label="Page or habit"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found[at] && `${id}-${at}`}
        placeholder="A page or a habit"
        value={text}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
      />
      <ul id={`${id}-list`} role="listbox" aria-label="Matches" className={styles.list}>
        {found.map(({ label, hint, key }, index) => (
          <li
            key={key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onPointerMove={() => setAt(index)}
            onClick={() => run(index)}
          >
            {label}
            {hint && <span className="muted">{hint}</span>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="muted">Nothing by that name.</p>}
    </Sheet>
  );
}
