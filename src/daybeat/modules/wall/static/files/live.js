// The connection: EventSource comes back by itself, except when it was told not to, or when it does not notice.
const SILENCE = 40_000; // a beat comes every fifteen seconds
const AGAIN = 2_000;

// Calls `show` with what is true, now and at every change, and `say` with true or false when the connection changes.
export function follow(address, show, say) {
  let source;
  let watch;

  function heard() {
    clearTimeout(watch);
    watch = setTimeout(begin, SILENCE);
  }

  function begin() {
    source?.close();
    source = new EventSource(address);
    source.addEventListener("open", () => say(true));
    source.addEventListener("beat", heard);
    source.addEventListener("message", (event) => {
      heard();
      say(true);
      show(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      say(false);
      if (source.readyState === EventSource.CLOSED) setTimeout(begin, AGAIN);
    });
    heard();
  }

  addEventListener("online", begin);
  addEventListener("pageshow", (event) => event.persisted && begin());
  begin();
}
