// A chat links itself: a code that is good for a few minutes, sent to the bot by a tap, a picture or by hand.
import { useEffect, useState } from "react";
import { inWords } from "@/api/problem";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { Raw } from "@/components/Raw";
import { Sheet } from "@/components/Sheet";
import { copy } from "@/lib/files";
import { toast } from "@/lib/toasts";
import { useChannels, useTelegramLink } from "../queries";
import type { Channel, TelegramLink } from "../types";
import { nameOf } from "../words";

const isChat = ({ kind }: Channel) => kind === "telegram";
/** Another chat, or the same one that was blocked and is open again. */
const standingOf = ({ id, state }: Channel) => `${id} ${state === "blocked"}`;

/** The chat that was linked since this was opened. */
function useNewChat(): Channel | undefined {
  const { data } = useChannels({ waiting: true });
  const chats = data?.items.filter(isChat) ?? [];
  const [before] = useState(() => new Set(chats.map(standingOf)));
  return chats.find((chat) => !before.has(standingOf(chat)) && chat.state !== "blocked");
}

export function TelegramSheet({ bot, onClose }: { bot: string | null; onClose: () => void }) {
  const link = useTelegramLink();
  const { mutate } = link;
  const chat = useNewChat();
  useEffect(() => mutate(), [mutate]);
  return (
    <Sheet title="Add Telegram" onClose={onClose}>
      <div className="stack" role="status">
        {chat && (
          <Notice title={`${nameOf(chat)} is linked.`}>
            <p>Send a test to see it arrive.</p>
          </Notice>
        )}
        {!chat && link.isPending && <p className="muted">Asking for a code…</p>}
      </div>
      {chat ? (
        <div>
          <Button autoFocus kind="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      ) : (
        <>
          {link.isError && (
            <Notice tone="warn" role="alert" title={inWords(link.error)}>
              <Button onClick={() => mutate()}>Try again</Button>
            </Notice>
          )}
          {link.data && !link.isPending && <Code key={link.data.code} link={link.data} bot={bot} onAgain={() => mutate()} />}
        </>
      )}
    </Sheet>
  );
}

const secondsTo = (until: string) => Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000));

function useSecondsLeft(until: string): number {
  const [seconds, setSeconds] = useState(() => secondsTo(until));
  useEffect(() => {
    const timer = setInterval(() => setSeconds(secondsTo(until)), 1000);
    return () => clearInterval(timer);
  }, [until]);
  return seconds;
}

/** An address for a drawing. One that is made to stand inside a page does not say what it is; on its own it has to. */
function pictureOf(svg: string): string {
  const named = svg.includes("xmlns=") ? svg : svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"');
  return `data:image/svg+xml,${encodeURIComponent(named)}`;
}

const asClock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function Code({ link: { code, url, expires_at, qr }, bot, onAgain }: { link: TelegramLink; bot: string | null; onAgain: () => void }) {
  const seconds = useSecondsLeft(expires_at);
  const command = `/start ${code}`;
  if (seconds === 0)
    return (
      <Notice role="alert" title="This code is over.">
        <Button autoFocus onClick={onAgain}>
          New code
        </Button>
      </Notice>
    );
  return (
    <>
      <p>
        <a href={url} target="_blank" rel="noreferrer">
          Open the bot in Telegram
        </a>{" "}
        and press Start. On another screen? Scan this with your phone:
      </p>
      {/* As a picture, so that it is nothing but a picture. The ground is white in both themes: cameras expect it. */}
      <img
        src={pictureOf(qr)}
        alt="QR code that opens the bot"
        width={192}
        height={192}
        style={{ background: "#fff", padding: "0.5rem", borderRadius: "var(--radius-small)" }}
      />
      <p>Or send this {bot ? `to @${bot.replace(/^@/, "")}` : "to the bot"}:</p>
      <Raw label="Message for the bot">{command}</Raw>
      <div className="row">
        <Button onClick={() => void copy(command).then((words) => toast(words))}>Copy</Button>
        <span className="muted" role="timer" aria-live="off">
          Good for {asClock(seconds)} minutes
        </span>
      </div>
    </>
  );
}
