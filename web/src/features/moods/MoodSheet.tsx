// All moods of one day: look, add, change, delete.
import { useState } from "react";
import { habitDayNow, session } from "@/api/session";
import { Button, IconButton } from "@/components/Button";
import { Face } from "@/components/Face";
import { Notice } from "@/components/Notice";
import { Sheet } from "@/components/Sheet";
import { clockIn, type IsoDate } from "@/lib/days";
import { capitalised, clock, longDate } from "@/lib/words";
import { addMood, correctionOf, correctMood, type Draft, removeMood } from "./actions";
import { Editor } from "./Editor";
import { useMoodsOf } from "./MoodNow";
import styles from "./MoodSheet.module.css";
import type { SeenMood } from "./overlay";
import { useFaces, useMoodDay } from "./queries";
import { sourceInWords } from "./words";

const NEW = "new";

type Props = { date: IsoDate; edit?: string; onClose: () => void };

const timeOf = ({ at, timezone }: SeenMood) => clockIn(timezone, Date.parse(at)).time;

const emptyDraft = (date: IsoDate): Draft => {
  const { timezone } = session.get().user!;
  return { score: 0, note: "", tags: [], time: date === habitDayNow() ? clockIn(timezone, Date.now()).time : "12:00" };
};

const draftOf = (mood: SeenMood): Draft => ({ score: mood.score, note: mood.note ?? "", tags: mood.tags, time: timeOf(mood) });

export default function MoodSheet({ date, edit, onClose }: Props) {
  const [editing, setEditing] = useState(edit ?? null);
  const moods = useMoodsOf(date);
  const { isPaused, isError } = useMoodDay(date);
  const today = habitDayNow();
  const edited = moods?.find(({ id }) => id === editing);
  // Opened for one mood, it closes with it; opened for the day, it goes back to the day.
  const leave = () => (edit ? onClose() : setEditing(null));

  const save = (draft: Draft) => {
    if (edited) {
      const fields = correctionOf(edited, draft, timeOf(edited));
      if (fields) void correctMood(edited, fields);
    } else void addMood(date, draft);
    leave();
  };

  return (
    <Sheet title={date === today ? `Today, ${longDate(date)}` : longDate(date)} onClose={onClose}>
      {editing === NEW || edited ? (
        <Editor
          key={editing}
          initial={edited ? draftOf(edited) : emptyDraft(date)}
          date={date}
          zone={edited?.timezone}
          focusNote={!!edit}
          onSave={save}
          onCancel={leave}
        />
      ) : (
        <>
          {moods?.length === 0 && <p className="muted">Nothing was said on this day.</p>}
          {!moods && (isPaused || isError) && (
            <Notice role="status" title="This day is not on this device.">
              <p className="muted">It opens when you are online.</p>
            </Notice>
          )}
          {!moods && !isPaused && !isError && <div className="loading" style={{ blockSize: "8rem" }} />}
          <ul className={styles.moods} aria-label="Moods of this day">
            {moods?.map((mood) => (
              <Entry key={mood.id} mood={mood} onEdit={() => setEditing(mood.id)} />
            ))}
          </ul>
          <div>
            <Button onClick={() => setEditing(NEW)}>Add a mood</Button>
          </div>
        </>
      )}
    </Sheet>
  );
}

function Entry({ mood, onEdit }: { mood: SeenMood; onEdit: () => void }) {
  const faces = useFaces();
  const look = faces[mood.score - 1];
  const word = look?.label ?? mood.mood;
  const when = clock(mood.at, mood.timezone);
  return (
    <li className={styles.mood}>
      <Face score={mood.score} look={look} />
      <div className={styles.words}>
        <p>
          <strong>{capitalised(word)}</strong> <span className="muted">at {when}</span>
        </p>
        {mood.note && <p className={styles.note}>{mood.note}</p>}
        <p className={styles.small}>
          {[...mood.tags.map((tag) => `#${tag}`), mood.waiting ? "waiting to be sent" : sourceInWords(mood.source)].join(" · ")}
        </p>
      </div>
      <IconButton icon="edit" label={`Change ${word} at ${when}`} onClick={onEdit} />
      <IconButton icon="delete" label={`Delete ${word} at ${when}`} onClick={() => void removeMood(mood)} />
    </li>
  );
}
