// Code for whoever receives a webhook: is this request from here, and is it new? It needs nothing but the language itself.

const python = `import base64, hashlib, hmac, time

def is_from_daybeat(headers, body: bytes, secret: str) -> bool:
    sent_at = headers["webhook-timestamp"]
    if abs(time.time() - int(sent_at)) > 300:
        return False  # too old: somebody may be repeating it
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{sent_at}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    ours = "v1," + base64.b64encode(digest).decode()
    return any(hmac.compare_digest(ours, theirs) for theirs in headers["webhook-signature"].split())
`;

const node = `import { createHmac, timingSafeEqual } from "node:crypto";

export function isFromDaybeat(headers, body, secret) {
  const sentAt = headers["webhook-timestamp"];
  if (Math.abs(Date.now() / 1000 - Number(sentAt)) > 300) return false; // too old: somebody may be repeating it
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = Buffer.concat([Buffer.from(headers["webhook-id"] + "." + sentAt + "."), Buffer.from(body)]);
  const ours = Buffer.from("v1," + createHmac("sha256", key).update(signed).digest("base64"));
  return headers["webhook-signature"].split(" ").some((theirs) => {
    const given = Buffer.from(theirs);
    return given.length === ours.length && timingSafeEqual(given, ours);
  });
}
`;

export const verifying = { python, node };
export type Tongue = keyof typeof verifying;
