"""Passes GitHub's webhooks on to Daybeat. It reads DAYBEAT_URL, DAYBEAT_TOKEN, GITHUB_SECRET and PORT."""

import hashlib
import hmac
import json
import os
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import Request, urlopen

TRACK = f"{os.environ['DAYBEAT_URL']}/api/v1/events/track"
HEADERS = {"Authorization": f"Bearer {os.environ['DAYBEAT_TOKEN']}", "Content-Type": "application/json"}
SECRET = os.environ["GITHUB_SECRET"].encode()


class Webhook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signature = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
        if hmac.compare_digest(signature.encode(), self.headers.get("X-Hub-Signature-256", "").encode()):
            self.pass_on(json.loads(body))
        else:
            self.send_error(401)

    def pass_on(self, said: dict[str, Any]) -> None:
        event = {
            "event_id": self.headers["X-GitHub-Delivery"],  # delivered again, it is the same event
            "user_id": said.get("sender", {}).get("id", 0),
            "event_type": f"github {self.headers['X-GitHub-Event']}",
            "timestamp": datetime.now(UTC).isoformat(),
            "metadata": {"action": said.get("action"), "repository": said.get("repository", {}).get("full_name")},
        }
        try:
            with urlopen(Request(TRACK, json.dumps(event).encode(), HEADERS), timeout=8):
                self.send_response(202)
                self.end_headers()
        except OSError as trouble:  # a refusal, or nobody is there; GitHub shows it, and "Redeliver" tries again
            self.send_error(getattr(trouble, "code", 503))


ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Webhook).serve_forever()
