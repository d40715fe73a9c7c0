// How it is right now: five faces, and beneath them one quiet line about the latest mood. Its height never changes.
import { lazy, Suspense, useState } from "react";
import { habitDayNow } from "@/api/session";
import { Card } from "@/components/Card";
import { outbox } from "@/features/outbox/outbox";
import { useLasting } from "@/lib/hooks";
import { useStore } from "@/lib/store";
import { capitalised, clock } from "@/lib/words";
import { tapFace } from "./actions";
import { moodFrom } from "./elsewhere";
import { Faces } from "./Faces";
import styles from "./MoodNow.module.css";
import { overlayMoods, type SeenMood } from "./overlay";
import { useFaces, useMoodDay } from "./queries";

const MoodSheet = lazy(() => import("./MoodSheet"));

const NOTICEABLE_MS = 700;

export function useMoodsOf(date: string): SeenMood[] | null {
  const { data } = useMoodDay(date);
  const waiting = useStore(outbox, ({ moods }) => moods);
  const own = waiting.some((each) => each.date === date);
  return data || own ? overlayMoods(data?.items ?? [], waiting, date) : null;
}

export function MoodNow({ big }: { big?: boolean }) {
  const today = habitDayNow();
  const latest = useMoodsOf(today)?.[0];
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <Card title="How are you right now?" className={styles.now}>
      <Faces legend="How are you right now?" size={big ? "big" : undefined} onPick={(score) => void tapFace(score)} />
      <div className={styles.line}>
        {latest ? <Latest mood={latest} onOpen={() => setOpened(latest.id)} /> : <p className="muted">One tap is enough.</p>}
      </div>
      <Suspense>{opened && <MoodSheet date={today} edit={opened} onClose={() => setOpened(null)} />}</Suspense>
    </Card>
  );
}

function Latest({ mood, onOpen }: { mood: SeenMood; onOpen: () => void }) {
  const faces = useFaces();
  const from = useStore(moodFrom);
  const waitsLong = useLasting(mood.waiting === true, NOTICEABLE_MS);
  const said = mood.note || mood.tags.length > 0;
  const when = `${capitalised(faces[mood.score - 1]?.label ?? mood.mood)} at ${clock(mood.at, mood.timezone)}`;
  return (
    <>
      <p className="muted">{waitsLong ? `${when}, waiting to be sent` : from ? `${when}, ${from}` : when}</p>
      <button type="button" className={styles.more} onClick={onOpen}>
        {said ? "Change it" : "Add a note or tags"}
      </button>
    </>
  );
}
