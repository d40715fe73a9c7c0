// The list in a window of its own: its height never changes, and what is being read stays where it is.
import { useRef, useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { State } from "@/components/State";
import { cx } from "@/lib/css";
import { useStore } from "@/lib/store";
import { watching } from "@/lib/watching";
import { number } from "@/lib/words";
import styles from "./Activity.module.css";
import { EventRow } from "./EventRow";
import { EventSheet } from "./EventSheet";
import { isNote, MOST, noteInWords } from "./feed";
import type { Event } from "./types";
import { useFeed } from "./useFeed";
import { type ActivityView, isEverybodys, useZone } from "./view";

/** A finger that trembles has not scrolled. */
const AT_TOP = 8;

export function Feed({ query, view }: { query: string; view: ActivityView }) {
  const zone = useZone();
  const feed = useFeed(query);
  const pane = useRef<HTMLDivElement>(null);
  const [paused, setPaused] = useState(false);
  const [open, setOpen] = useState<Event | null>(null);
  const { entries, waiting } = feed;

  const toTop = () => {
    pane.current!.scrollTop = 0;
    pane.current!.focus();
  };
  const pause = () => {
    setPaused(true);
    feed.hold();
  };
  const goOn = () => {
    setPaused(false);
    feed.follow();
    pane.current!.scrollTop = 0;
  };
  const onScroll = () => {
    if (paused) return;
    if (pane.current!.scrollTop > AT_TOP) feed.hold();
    else feed.follow();
  };

  return (
    <>
      <div className="row" style={{ justifyContent: "space-between" }}>
        <Pace paused={paused} held={feed.held} polled={isEverybodys(query)} />
        <Button onClick={paused ? goOn : pause}>{paused ? "Go on" : "Pause"}</Button>
      </div>
      <div className={styles.frame}>
        {waiting > 0 && (
          <Button
            kind="primary"
            className={styles.pill}
            onClick={() => {
              if (paused) feed.showWaiting();
              else feed.follow();
              toTop();
            }}
          >
            {number(waiting)} new
          </Button>
        )}
        <div ref={pane} className={styles.pane} role="region" aria-label="Events, the newest first" tabIndex={0} onScroll={onScroll}>
          <ul>
            {entries.map((entry) =>
              isNote(entry) ? (
                <li key={entry.key} className={styles.note}>
                  {noteInWords(entry)}
                </li>
              ) : (
                <EventRow key={entry.event_id} event={entry} zone={zone} onOpen={setOpen} />
              ),
            )}
          </ul>
          <Rest feed={feed} view={view} />
        </div>
      </div>
      {open && <EventSheet event={open} zone={zone} onClose={() => setOpen(null)} />}
    </>
  );
}

function Pace({ paused, held, polled }: { paused: boolean; held: boolean; polled: boolean }) {
  const sees = useStore(watching);
  if (paused) return <State is="open">Paused</State>;
  if (!sees) return <State is="open">Reconnecting…</State>;
  if (held) return <State is="open">Held while you read</State>;
  return <State is="good">{polled ? "Looks every 5 seconds" : "Live"}</State>;
}

/** What follows the last row: more of them, or why there are none. */
function Rest({ feed, view }: { feed: ReturnType<typeof useFeed>; view: ActivityView }) {
  const { entries, error, isPending, isPaused, hasNextPage, isFetchingNextPage } = feed;
  if (error)
    return (
      <Notice tone="warn" role="alert" title="Couldn’t load the events.">
        <p>{inWords(error)} Nothing that was sent is lost.</p>
        <Button onClick={() => void (entries.length > 0 ? feed.fetchNextPage() : feed.refetch())}>Try again</Button>
      </Notice>
    );
  if (isPending) return <p className={styles.note} role="status">{isPaused ? "You are offline. The events open when you are back." : "Loading…"}</p>;
  if (entries.length === 0)
    return view.narrowed ? (
      <div className={cx("stack", styles.note, styles.empty)}>
        <strong>No event fits this filter.</strong>
        <Button onClick={view.clear}>Clear filter</Button>
      </div>
    ) : (
      <div className={cx("stack", styles.note, styles.empty)}>
        <strong>No events yet.</strong>
        <p>
          <a href="#send">Send the first one</a> from this page, or let a program send to <code>/api/v1/events/track</code>.
        </p>
      </div>
    );
  if (entries.length >= MOST) return <p className={styles.note}>The newest {number(MOST)} are shown. Older ones: choose an earlier “To”, or save them all.</p>;
  if (!hasNextPage) return <p className={styles.note}>That is all.</p>;
  return (
    <div className={styles.note}>
      <Button disabled={isFetchingNextPage} onClick={() => void feed.fetchNextPage()}>
        {isFetchingNextPage ? "Loading…" : "Show more"}
      </Button>
    </div>
  );
}
