"""Usage: DAYBEAT_URL=http://127.0.0.1:8000 DAYBEAT_TOKEN=dbt_… python track.py login '{"source": "script"}'."""

import json
import os
import sys
import time
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

LATER = (429, 500, 502, 503, 504)


def track(event_type: str, metadata: dict[str, Any] | None = None, *, user_id: int = 101, tries: int = 6) -> str:
    """Send an event until it is taken, and give its id. Tried again, it is the same event."""
    event = {
        "event_id": str(uuid4()),
        "user_id": user_id,
        "event_type": event_type,
        "timestamp": datetime.now(UTC).isoformat(),
        "metadata": metadata,
    }
    headers = {"Authorization": f"Bearer {os.environ['DAYBEAT_TOKEN']}", "Content-Type": "application/json"}
    address = f"{os.environ['DAYBEAT_URL']}/api/v1/events/track"
    request = Request(address, json.dumps(event).encode(), headers)
    for left in reversed(range(tries)):
        wait = 1.0
        try:
            with urlopen(request, timeout=10) as answer:
                return str(json.load(answer)["event_id"])
        except HTTPError as refusal:
            if refusal.code not in LATER or not left:
                raise
            wait = float(refusal.headers.get("Retry-After", wait))
        except (OSError, HTTPException):  # nobody knows what became of it
            if not left:
                raise
        time.sleep(wait)
    raise AssertionError


if __name__ == "__main__":
    print(track(sys.argv[1], json.loads(sys.argv[2]) if len(sys.argv) > 2 else None))
