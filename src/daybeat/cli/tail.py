"""Following the live facts in the terminal."""

import contextlib
import json
import time
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from daybeat.cli.api import Api
from daybeat.cli.errors import NotSignedInHere
from daybeat.cli.show import put_line, talk

NOT_SIGNED_IN = 4401
LONGEST_PAUSE = 15.0


def follow(api: Api, *, since: int | None, as_json: bool) -> None:
    """Print fact after fact until interrupted; after a gap go on behind the last one."""
    pause = 1.0
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            try:
                for frame in _frames(api, since):
                    pause = 1.0
                    since = frame["seq"] if since is None or frame["type"] != "ready" else since
                    if frame["type"] != "ready":
                        put_line(json.dumps(frame, ensure_ascii=False) if as_json else _in_words(frame))
            except (OSError, ConnectionClosed) as error:
                if isinstance(error, ConnectionClosed) and error.rcvd and error.rcvd.code == NOT_SIGNED_IN:
                    raise NotSignedInHere("The token is not accepted any more. Run: daybeat login") from None
                talk(f"Reconnecting in {pause:.0f} s …")
                time.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)


def _frames(api: Api, since: int | None) -> Any:
    address = api.url.replace("http", "ws", 1) + "/api/v1/live"
    with connect(address) as socket:
        hello = {"type": "auth", "token": api.token, **({} if since is None else {"since": since})}
        socket.send(json.dumps(hello))
        for text in socket:
            yield json.loads(text)


def _in_words(frame: dict[str, Any]) -> str:
    data = frame["data"]
    parts = [frame["occurred_at"][:19].replace("T", " "), frame["type"]]
    parts += [f"{name}={data[name]}" for name in ("date", "state", "amount", "title") if data.get(name) is not None]
    return "  ".join(parts)
