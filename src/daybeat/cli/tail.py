"""Following the live facts in the terminal."""

import contextlib
import json
import time
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from daybeat.cli.api import Api
from daybeat.cli.errors import CommandFailed, NotSignedInHere
from daybeat.cli.show import put_line, talk

NOT_SIGNED_IN, FORBIDDEN = 4401, 4403
LONGEST_PAUSE = 15.0


WATCH = json.dumps({"type": "watch", "channel": "activity"})


def follow(api: Api, *, since: int | None, as_json: bool, activity: bool = False) -> None:
    """Print fact after fact, or activity events, until interrupted; after a gap go on behind the last fact."""
    pause = 1.0
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            try:
                for frame in _frames(api, since, activity=activity):
                    pause = 1.0
                    if "seq" in frame:
                        since = frame["seq"] if since is None or frame["type"] != "ready" else since
                    for line in _lines(frame, as_json=as_json, activity=activity):
                        put_line(line)
            except (OSError, ConnectionClosed) as error:
                if isinstance(error, ConnectionClosed) and error.rcvd and error.rcvd.code == NOT_SIGNED_IN:
                    raise NotSignedInHere("The token is not accepted any more. Run: daybeat login") from None
                if isinstance(error, ConnectionClosed) and error.rcvd and error.rcvd.code == FORBIDDEN:
                    raise CommandFailed("This token may not read events. Run: daybeat login") from None
                talk(f"Reconnecting in {pause:.0f} s …")
                time.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)


def _frames(api: Api, since: int | None, *, activity: bool) -> Any:
    address = api.url.replace("http", "ws", 1) + "/api/v1/live"
    with connect(address) as socket:
        hello = {"type": "auth", "token": api.token, **({} if since is None else {"since": since})}
        socket.send(json.dumps(hello))
        for text in socket:
            frame = json.loads(text)
            if activity and frame["type"] == "ready":
                socket.send(WATCH)
            yield frame


def _lines(frame: dict[str, Any], *, as_json: bool, activity: bool) -> list[str]:
    """Say what is to be printed of a frame: a fact, or the events in it."""
    if frame["type"] == "activity.events":
        if frame["skipped"]:
            talk(f"{frame['skipped']} more came at once.")
        items = frame["items"]
        return [json.dumps(each, ensure_ascii=False) if as_json else _event_in_words(each) for each in items]
    if activity or frame["type"] == "ready":
        return []
    return [json.dumps(frame, ensure_ascii=False) if as_json else _in_words(frame)]


def _event_in_words(event: dict[str, Any]) -> str:
    said = "" if event["metadata"] is None else json.dumps(event["metadata"], ensure_ascii=False)
    when = event["timestamp"][:19].replace("T", " ")
    return f"{when}  {event['event_type']}  user_id={event['user_id']}  {said}".rstrip()


def _in_words(frame: dict[str, Any]) -> str:
    data = frame["data"]
    parts = [frame["occurred_at"][:19].replace("T", " "), frame["type"]]
    parts += [f"{name}={data[name]}" for name in ("date", "state", "amount", "title") if data.get(name) is not None]
    return "  ".join(parts)
