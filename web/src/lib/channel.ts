// Words between the tabs of this browser.

export type Channel<Message> = { say: (message: Message) => void; hear: (listener: (message: Message) => void) => void };

export function openChannel<Message>(name: string): Channel<Message> {
  const channel = new BroadcastChannel(name);
  return {
    say: (message) => channel.postMessage(message),
    hear: (listener) => channel.addEventListener("message", (event: MessageEvent<Message>) => listener(event.data)),
  };
}
