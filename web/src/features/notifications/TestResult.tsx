// A test message, and how it went in words.
import { inWords } from "@/api/problem";
import { session } from "@/api/session";
import { Notice } from "@/components/Notice";
import { useLasting } from "@/lib/hooks";
import { useDelivery, useTestChannel } from "./queries";
import { deliveryInWords, isSettled } from "./words";

/** Long enough for a slow mail server; after that something is probably not running. */
const LONG_MS = 15_000;

export function useTest(channel: string) {
  const made = useTestChannel(channel);
  const { data = made.data, error } = useDelivery(made.data?.id);
  const underWay = data !== undefined && (data.state === "pending" || data.state === "sending");
  return {
    send: () => made.mutate(),
    delivery: data,
    error: made.error ?? error,
    busy: made.isPending || underWay,
    long: useLasting(underWay, LONG_MS),
  };
}

function inSentences({ delivery, error, long }: ReturnType<typeof useTest>): { words: string; well: boolean } | null {
  if (error) return { words: `The test was not sent. ${inWords(error)}`, well: false };
  if (!delivery) return null;
  const words = deliveryInWords(delivery, session.get().user?.timezone ?? "UTC");
  const waits = long ? " It takes longer than usual. It is sent as soon as the part of Daybeat that sends has time." : "";
  return { words: `${words}${waits}`, well: delivery.state === "sent" || (!isSettled(delivery) && delivery.state !== "failed") };
}

export function TestResult({ test }: { test: ReturnType<typeof useTest> }) {
  const said = inSentences(test);
  return <div role="status">{said && <Notice tone={said.well ? "calm" : "warn"} title={said.words} />}</div>;
}
