// Habits that rest. Asked for only when someone looks.
import { useState } from "react";
import { Link } from "wouter";
import { Explain } from "@/components/Explain";
import { mediumDate } from "@/lib/words";
import { useHabits } from "./queries";
import styles from "./Archived.module.css";

export function Archived() {
  const [open, setOpen] = useState(false);
  const archived = useHabits(true, open);
  return (
    <div onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}>
      <Explain question="Archived">
        {archived.data?.items.length === 0 && <p className="muted">Nothing is archived.</p>}
        <ul className={styles.list}>
          {archived.data?.items.map(({ id, name, icon, archived_on }) => (
            <li key={id}>
              <Link href={`/habits/${id}`}>
                {icon && <span aria-hidden="true">{icon} </span>}
                {name}
              </Link>
              {archived_on && <span className="muted">since {mediumDate(archived_on)}</span>}
            </li>
          ))}
        </ul>
      </Explain>
    </div>
  );
}
