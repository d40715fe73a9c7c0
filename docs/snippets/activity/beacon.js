// The token can be read by everybody who opens the page: give it the scope events:write and no other.
const DAYBEAT = "https://daybeat.example.org";
const TOKEN = "dbt_TOKEN";

function eventOf(event_type, metadata) {
  const event_id = crypto.randomUUID(); // the browser offers it on https and on this machine
  return JSON.stringify({ event_id, user_id: 101, event_type, timestamp: new Date().toISOString(), metadata });
}

/** Goes out even when the tab closes; nobody hears the answer. It cannot send headers, so the address holds the token. */
export function beacon(event_type, metadata) {
  return navigator.sendBeacon(`${DAYBEAT}/api/v1/events/track?token=${TOKEN}`, eventOf(event_type, metadata));
}

/** Goes out as well when the tab closes, and hears the answer when it does not. */
export async function track(event_type, metadata) {
  const answer = await fetch(`${DAYBEAT}/api/v1/events/track`, {
    method: "POST",
    keepalive: true,
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" },
    body: eventOf(event_type, metadata),
  });
  if (!answer.ok) throw new Error(`Daybeat answered ${answer.status}`);
  return (await answer.json()).event_id;
}

addEventListener("pagehide", () => beacon("page left", { path: location.pathname }));
