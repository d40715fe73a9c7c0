// This browser as a channel. Browsers ask once, and only for pages they trust, so each answer has its way on.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { inWords, Problem, Unreachable } from "@/api/problem";
import { Button } from "@/components/Button";
import { Notice } from "@/components/Notice";
import { Sheet } from "@/components/Sheet";
import { toast } from "@/lib/toasts";
import { NoWorker, pushStanding, remember, type Standing, thisBrowser } from "../push";
import { useAddChannel, useChangeChannel } from "../queries";
import type { Channel, NewChannel } from "../types";
import { nameOf } from "../words";

const obstacles: Partial<Record<Standing, { title: string; remedy: string }>> = {
  unsupported: {
    title: "This browser can’t show messages from Daybeat.",
    remedy: "On an iPhone or iPad, put Daybeat on the home screen first and open it from there. Elsewhere, a current Firefox, Chrome or Edge can.",
  },
  insecure: {
    title: "Browsers allow this only over https.",
    remedy: "Open Daybeat by an address that begins with https. Whoever runs it can put it behind a server that adds that, such as Caddy.",
  },
  denied: {
    title: "Notifications are blocked for Daybeat.",
    remedy: "Open the settings of this page by the sign beside its address, set Notifications to Allow, and come back here.",
  },
};

function failure(error: unknown): string {
  if (error instanceof NoWorker) return "This browser keeps Daybeat’s background part out, as private windows do. An ordinary window can.";
  if (error instanceof Problem || error instanceof Unreachable) return inWords(error);
  return "This browser could not reach the service that brings it messages. Check that it is online and try again.";
}

/** Subscribes and hands the address on; `null` means the person said no. */
function useSubscribe(pushKey: string, keep: (channel: NewChannel) => Promise<Channel>) {
  return useMutation({
    async mutationFn() {
      const wanted = await thisBrowser(pushKey);
      if (!wanted) return null;
      const channel = await keep(wanted);
      remember(channel.id, wanted.address);
      return channel;
    },
  });
}

export function BrowserSheet({ pushKey, onClose }: { pushKey: string; onClose: () => void }) {
  const [standing, setStanding] = useState(pushStanding);
  const add = useAddChannel();
  const subscribe = useSubscribe(pushKey, (channel) => add.mutateAsync(channel));
  const obstacle = obstacles[standing];
  const start = () =>
    subscribe.mutate(undefined, {
      onSettled: () => setStanding(pushStanding()),
      onSuccess(channel) {
        if (!channel) return;
        toast(`${nameOf(channel)} is added. Send a test to see it arrive.`);
        onClose();
      },
    });
  return (
    <Sheet title="Add this browser" onClose={onClose}>
      {obstacle ? (
        <Notice role="status" title={obstacle.title}>
          <p>{obstacle.remedy}</p>
          {standing === "denied" && <Button onClick={() => setStanding(pushStanding())}>Look again</Button>}
        </Notice>
      ) : (
        <>
          <p>Messages show up on this device, also while Daybeat is closed. Their buttons check in without opening anything.</p>
          {standing === "default" && <p className="muted">Your browser asks next whether Daybeat may. You can take it back there at any time.</p>}
          {subscribe.data === null && <Notice role="status" title="Not allowed this time. You can be asked again." />}
          {subscribe.isError && <Notice tone="warn" role="alert" title={failure(subscribe.error)} />}
          <div className="row">
            <Button data-first kind="primary" disabled={subscribe.isPending} onClick={start}>
              Turn on
            </Button>
            <Button kind="quiet" onClick={onClose}>
              Not now
            </Button>
          </div>
        </>
      )}
    </Sheet>
  );
}

/** The subscription of this browser ended, on its side or that of its maker: a new one takes the place of the old. */
export function TurnOnAgain({ channel, pushKey }: { channel: Channel; pushKey: string }) {
  const change = useChangeChannel(channel.id);
  const subscribe = useSubscribe(pushKey, ({ address }) => change.mutateAsync({ address }));
  const again = () => subscribe.mutate(undefined, { onError: (error) => void toast(failure(error)) });
  return (
    <div>
      <Button disabled={subscribe.isPending} onClick={again}>
        Turn on again
      </Button>
    </div>
  );
}
