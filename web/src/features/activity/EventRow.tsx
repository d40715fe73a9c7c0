import { memo } from "react";
import styles from "./Activity.module.css";
import type { Event } from "./types";
import { delay, moment, sourceOf } from "./words";

type Props = { event: Event; zone: string; onOpen: (event: Event) => void };

export const EventRow = memo(function EventRow({ event, zone, onOpen }: Props) {
  return (
    <li>
      <button type="button" className={styles.event} onClick={() => onOpen(event)}>
        <strong>{event.event_type}</strong>
        <time dateTime={event.timestamp}>{moment(event.timestamp, zone)}</time>
        <small className="muted">
          user {event.user_id}, from {sourceOf(event)}
        </small>
        <small className="muted">{delay(event)}</small>
      </button>
    </li>
  );
});
