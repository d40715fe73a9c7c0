"""A link that can be disturbed: a TCP proxy that forwards, delays, swallows or resets."""

import asyncio
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from typing import Self

LOOPBACK = "127.0.0.1"
CHUNK = 64 * 1024
DELAY = 0.15  # seconds each piece takes on a slow link


class Fault(Enum):
    """What is wrong with a link."""

    NONE = "none"
    SLOW = "slow"
    BLACK_HOLE = "black hole"
    RESET = "reset"


class FaultProxy:
    """Forwards a port of this machine, in a thread with a loop of its own."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._fault = Fault.NONE
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._on_loop(self._listen)
        return self

    def __exit__(self, *_: object) -> None:
        self._on_loop(self._close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def have(self, fault: Fault) -> None:
        """Disturb the link from now on, or let it be well. A link that was swallowing ends: what it lost is gone."""
        ending = fault is Fault.RESET or self._fault is Fault.BLACK_HOLE
        self._fault = fault
        if ending:
            self._loop.call_soon_threadsafe(self._reset_all)

    def _on_loop(self, work: Callable[[], object]) -> None:
        asyncio.run_coroutine_threadsafe(work(), self._loop).result(5)  # type: ignore[arg-type]

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._forward, LOOPBACK, 0)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def _close(self) -> None:
        self._fault = Fault.RESET
        self._server.close()
        self._reset_all()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.05)  # for the transports to end

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)  # already: whoever closes us meanwhile has to know of it
        if self._fault is Fault.RESET:
            _reset(writer)
            return
        try:
            there_reader, there_writer = await asyncio.open_connection(LOOPBACK, self._target)
        except OSError:
            _reset(writer)
            return
        self._open.add(there_writer)
        with suppress(OSError):
            await asyncio.gather(self._pump(reader, there_writer), self._pump(there_reader, writer))
        self._open -= {writer, there_writer}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(CHUNK):
                if self._fault is Fault.BLACK_HOLE:
                    continue
                if self._fault is Fault.SLOW:
                    await asyncio.sleep(DELAY)
                writer.write(piece)
                await writer.drain()
        if self._fault is not Fault.BLACK_HOLE:
            writer.close()

    def _reset_all(self) -> None:
        for writer in self._open:
            _reset(writer)


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection as a router does that has forgotten it."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
