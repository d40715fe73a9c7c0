"""The stream of the wall: what is now first, every change after it, nobody held up by anybody."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Self

import httpx2
import pytest

from daybeat.infra.web.streams import BEAT, Streams
from tests.support.process import DaybeatProcess

LISTENERS = 60


class Client:
    """What uvicorn is to an ASGI application: a place to send to, which waits when its reader is slow."""

    def __init__(self, streams: Streams, method: str = "GET") -> None:
        self.sent: list[dict[str, Any]] = []
        self.reads = asyncio.Event()
        self.reads.set()
        self.leaves = asyncio.Event()
        self.served = asyncio.create_task(
            streams({"type": "http", "method": method, "path": "/live"}, self._receive, self._send)
        )

    @property
    def heard(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)

    async def _send(self, message: dict[str, Any]) -> None:
        if not self.reads.is_set():
            await self.reads.wait()
        self.sent.append(message)

    async def _receive(self) -> dict[str, Any]:
        await self.leaves.wait()
        return {"type": "http.disconnect"}


@asynccontextmanager
async def clients(streams: Streams, number: int) -> AsyncIterator[list[Client]]:
    opened = [Client(streams) for _ in range(number)]
    await asyncio.sleep(0)
    yield opened
    streams.close()
    await asyncio.wait_for(asyncio.gather(*(each.served for each in opened)), 5)


def test_a_newcomer_gets_what_is_now_and_then_every_change() -> None:
    async def run() -> None:
        streams = Streams(10)
        await streams.show(b"data: 1\n\n")
        async with clients(streams, 2) as (one, other):
            assert one.sent[0]["status"] == 200
            assert one.heard.startswith(b"retry: ")
            assert one.heard.endswith(b"\n\ndata: 1\n\n")
            await streams.show(b"data: 2\n\n")
            await streams.beat()
            assert one.heard.endswith(b"data: 2\n\n" + BEAT)
            assert other.heard.endswith(b"data: 2\n\n" + BEAT)

    asyncio.run(run())


def test_a_client_that_does_not_read_is_let_go_and_nobody_waits_for_it() -> None:
    async def run() -> None:
        streams = Streams(10)
        async with clients(streams, 3) as (one, slow, other):
            slow.reads.clear()
            await asyncio.wait_for(streams.show(b"data: 1\n\n"), 1)
            assert one.heard.endswith(b"data: 1\n\n")
            assert other.heard.endswith(b"data: 1\n\n")
            await asyncio.sleep(0)
            slow.reads.set()  # it takes what was written, and its stream has ended
            await asyncio.wait_for(slow.served, 1)
            assert slow.sent[-1]["more_body"] is False
            assert b"data: 1" not in slow.heard
            assert len(streams) == 2

    asyncio.run(run())


def test_who_leaves_is_forgotten() -> None:
    async def run() -> None:
        streams = Streams(10)
        async with clients(streams, 2) as (one, _):
            one.leaves.set()
            await asyncio.wait_for(one.served, 1)
            assert len(streams) == 1

    asyncio.run(run())


@pytest.mark.parametrize(("method", "status"), [("GET", 503), ("POST", 405)])
def test_more_than_there_is_room_for_are_refused(method: str, status: int) -> None:
    async def run() -> None:
        streams = Streams(1)
        async with clients(streams, 1):
            refused = Client(streams, method)
            await asyncio.wait_for(refused.served, 1)
            assert refused.sent[0]["status"] == status

    asyncio.run(run())


def test_after_the_end_nobody_new_is_let_in() -> None:
    async def run() -> None:
        streams = Streams(10)
        async with clients(streams, 1) as (one,):
            streams.close()
            await asyncio.wait_for(one.served, 1)
            assert one.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
            late = Client(streams)
            await asyncio.wait_for(late.served, 1)
            assert late.sent[0]["status"] == 503

    asyncio.run(run())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaybeatProcess]:
    with DaybeatProcess(tmp_path_factory.mktemp("wall") / "data") as running:
        yield running


class Listener:
    """A wall without a browser."""

    def __init__(self, server: DaybeatProcess) -> None:
        self._socket = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        self._socket.sendall(b"GET /mood-wall/live HTTP/1.1\r\nHost: daybeat\r\n\r\n")
        self.heard = b""
        self.until(b"data: {")

    def until(self, words: bytes) -> None:
        while words not in self.heard:
            more = self._socket.recv(65536)
            assert more, "the stream has ended"
            self.heard += more

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    @property
    def frames(self) -> list[Any]:
        lines = self.heard.split(b"\r\n")
        return [json.loads(line[line.index(b"{") :]) for line in lines if b"data: {" in line]


def click(server: DaybeatProcess, word: str = "good") -> int:
    return httpx2.post(f"{server.url}/mood-sender/send", json={"type": word}).status_code


def total(server: DaybeatProcess) -> int:
    return int(httpx2.get(f"{server.url}/mood-wall/stats").json()["total"])


def test_the_server_itself_pushes_to_all_without_letting_anybody_go(server: DaybeatProcess) -> None:
    before = total(server)
    with ExitStack() as opened:
        listeners = [opened.enter_context(Listener(server)) for _ in range(LISTENERS)]
        for number in range(5):
            assert click(server) == 202
            for listener in listeners:
                listener.until(b'"total":%d,' % (before + number + 1))


def test_a_storm_of_clicks_becomes_few_frames_and_the_last_one_is_right(server: DaybeatProcess) -> None:
    before, began = total(server), time.monotonic()
    with Listener(server) as listener:
        taken = sum(click(server, "bad") == 202 for _ in range(20))
        listener.until(b'"total":%d,' % (before + taken))
    seconds = time.monotonic() - began
    totals = [frame["total"] for frame in listener.frames]
    assert totals == sorted(totals)
    assert len(totals) <= 3 + seconds / 0.05


def test_the_stream_is_not_kept_by_anybody_on_the_way(server: DaybeatProcess) -> None:
    with Listener(server) as listener:
        head = listener.heard.partition(b"\r\n\r\n")[0].lower()
    assert b"content-type: text/event-stream" in head
    assert b"cache-control: no-store" in head
    assert b"x-content-type-options: nosniff" in head


def test_open_walls_hold_up_no_stop(tmp_path: Path) -> None:
    with DaybeatProcess(tmp_path / "data") as server, ExitStack() as opened:
        listeners = [opened.enter_context(Listener(server)) for _ in range(20)]
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 15  # far below the time a server gives to requests that run
        for listener in listeners:
            listener.until(b"\r\n0\r\n\r\n")  # the end of the answer: not cut off, ended
    log = (tmp_path / "data.log").read_text()
    assert "ERROR" not in log
    assert "Traceback" not in log
