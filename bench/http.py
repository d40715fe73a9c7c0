"""A small HTTP/1.1 client on asyncio streams, light enough that the server is what is measured."""

import asyncio
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Request = bytes


def request(method: str, path: str, token: str = "", body: Any = None, **headers: str) -> Request:
    """Write a request once; sending it again costs nothing."""
    content = b"" if body is None else json.dumps(body, separators=(",", ":")).encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: daybeat", f"Content-Length: {len(content)}"]
    if content:
        lines.append("Content-Type: application/json")
    if token:
        lines.append(f"Authorization: Bearer {token}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


class Connection:
    """One keep-alive connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> "Connection":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def send(self, asked: Request) -> tuple[int, bytes]:
        """Ask and wait for the whole answer."""
        self._writer.write(asked)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        body = await self._reader.readexactly(int(length or 0))
        return int(head[9:12]), body

    async def ask(self, method: str, path: str, token: str = "", body: Any = None, **headers: str) -> Any:
        """Ask for something that has to work, and give its JSON."""
        status, answer = await self.send(request(method, f"/api/v1{path}", token, body, **headers))
        if status >= 300:
            raise RuntimeError(f"{method} {path}: {status} {answer[:500]!r}")
        return json.loads(answer) if answer else None

    async def close(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()


@dataclass(slots=True)
class Load:
    """What came of a load: how long each answer took, and how many were not what they should be."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds


async def run_load(port: int, clients: Sequence[Iterable[Request]], seconds: float) -> Load:
    """Let each client ask one thing after another for a while. Whoever has nothing left to ask stops."""
    load = Load()
    connections = [await Connection.open(port) for _ in clients]
    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(
        *(_drive(connection, wishes, until, load) for connection, wishes in zip(connections, clients, strict=True))
    )
    load.seconds = time.perf_counter() - began
    for connection in connections:
        await connection.close()
    return load


async def _drive(connection: Connection, wishes: Iterable[Request], until: float, load: Load) -> None:
    for asked in wishes:
        began = time.perf_counter()
        if began >= until:
            return
        status, _ = await connection.send(asked)
        load.waits.append(time.perf_counter() - began)
        load.refused += status >= 300
