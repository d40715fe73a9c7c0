// The order of habits: drag a line, or move it with its buttons. Both say where it went.
import { type PointerEvent, useRef, useState } from "react";
import { inWords } from "@/api/problem";
import type { Habit } from "@/api/types";
import { IconButton } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { toast } from "@/lib/toasts";
import { useReorder } from "./queries";
import styles from "./Reorder.module.css";

function movedTo(ids: string[], id: string, index: number): string[] {
  const rest = ids.filter((each) => each !== id);
  return rest.toSpliced(Math.max(0, Math.min(rest.length, index)), 0, id);
}

export function Reorder({ habits }: { habits: Habit[] }) {
  const [ids, setIds] = useState(() => habits.map(({ id }) => id));
  const [dragged, setDragged] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const reorder = useReorder();
  const byId = new Map(habits.map((habit) => [habit.id, habit]));

  const save = (next: string[], id: string) => {
    setIds(next);
    reorder.mutate(next, { onError: (error) => toast(inWords(error)) });
    toast(`${byId.get(id)?.name}: now number ${next.indexOf(id) + 1} of ${next.length}.`);
  };

  const follow = (event: PointerEvent) => {
    if (!dragged) return;
    const rows = [...list.current!.children] as HTMLElement[];
    const over = rows.findIndex((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return event.clientY >= top && event.clientY < bottom;
    });
    if (over >= 0 && ids[over] !== dragged) setIds(movedTo(ids, dragged, over));
  };
  const drop = () => {
    if (dragged) save(ids, dragged);
    setDragged(null);
  };

  return (
    <ol
      ref={list}
      className={styles.list}
      aria-label="Order of habits"
      onPointerMove={follow}
      onPointerUp={drop}
      onPointerCancel={drop}
    >
      {ids.map((id, index) => {
        const habit = byId.get(id);
        if (!habit) return null;
        return (
          <li key={id} className={styles.item} data-dragged={dragged === id || undefined}>
            <span
              className={styles.grip}
              onPointerDown={(event) => {
                // Captured by the list: the line itself is moved about in the page while it is dragged.
                list.current!.setPointerCapture(event.pointerId);
                setDragged(id);
              }}
              aria-hidden="true"
            >
              <Icon name="grip" />
            </span>
            <span className={styles.name}>
              {habit.icon} {habit.name}
            </span>
            <IconButton
              icon="up"
              label={`Move ${habit.name} up`}
              disabled={index === 0}
              onClick={() => save(movedTo(ids, id, index - 1), id)}
            />
            <IconButton
              icon="down"
              label={`Move ${habit.name} down`}
              disabled={index === ids.length - 1}
              onClick={() => save(movedTo(ids, id, index + 1), id)}
            />
          </li>
        );
      })}
    </ol>
  );
}
