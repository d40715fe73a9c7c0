"""Check-ins made while the server was away: kept on disk, sent in order with the next command, counted once."""

from dataclasses import asdict, dataclass
from typing import Any

from daybeat.cli.api import Api
from daybeat.cli.errors import CommandFailed, NotSignedInHere, SavedOffline, Unreachable
from daybeat.cli.places import read_json, state_file, write_private


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that has to reach the server once. The key makes it safe to send again."""

    url: str
    method: str
    path: str
    body: Any
    key: str


def send_or_keep(api: Api, method: str, path: str, body: Any, key: str) -> Any:
    """Send what waits, then this; when the server is away keep it and say so."""
    request = Waiting(api.url, method, path, body, key)
    try:
        send_waiting(api)
        return api.ask(method, path, body, key=key)
    except Unreachable as error:
        _write([*_read(), request])
        raise SavedOffline(f"{error}\nSaved here. It will be sent with the next command.") from None


def send_waiting(api: Api) -> list[str]:
    """Send everything kept for this server; gives a line for each that was refused for good."""
    refused: list[str] = []
    for request in [each for each in _read() if each.url == api.url]:
        try:
            api.ask(request.method, request.path, request.body, key=request.key)
        except (Unreachable, NotSignedInHere):
            raise
        except CommandFailed as error:
            refused.append(f"{request.method} {request.path}: {error}")
        _write([each for each in _read() if each.key != request.key])
    return refused


def waiting_count() -> int:
    """Count what waits."""
    return len(_read())


def _read() -> list[Waiting]:
    return [Waiting(**each) for each in read_json(state_file("outbox.json")) or []]


def _write(waiting: list[Waiting]) -> None:
    write_private(state_file("outbox.json"), [asdict(each) for each in waiting])
