"""A way into a queue that stays open while the broker is away: what cannot be put is kept on the disk and put later.

Kept in files of records, each with its length and checksum. A record counts once it is flushed to the disk; one that
was torn by a crash was never answered, and is left out. While anything is kept, everything new is kept behind it, so
that the order stays. After a crash a file is put again from its beginning: readers have to know messages by their ids.
"""

import asyncio
import fcntl
import os
import struct
import threading
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import structlog

from daybeat.infra.queues.port import Outlet
from daybeat.infra.wakeup import WakeUp, keep_going
from daybeat.kit.errors import DomainError, Kind

log = structlog.get_logger()

_HEAD = struct.Struct(">II")  # length and checksum of the body that follows
SAFETY_NET = 5.0
LONGEST_WAIT = 2.0


class SpoolFull(DomainError):
    """The message broker is away, and what can be kept until it is back is full. Nothing was taken."""

    kind = Kind.UNAVAILABLE


class SpoolTaken(Exception):
    """Another process keeps things in this folder; each needs one of its own."""


class Spool:
    """Puts into another outlet, and keeps in a folder of its own what that one does not take."""

    def __init__(self, outlet: Outlet, folder: Path, most_bytes: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._mine = _lock(folder)
        self._outlet, self._folder, self._most = outlet, folder, most_bytes
        self._lock = threading.Lock()
        self._file: int | None = None
        self._files = sorted(folder.glob("*.spool"))
        self._number = int(self._files[-1].stem) if self._files else 0
        self._news: WakeUp | None = None

    def close(self) -> None:
        """Let another one have the folder."""
        self._close()
        os.close(self._mine)

    @property
    def kept_bytes(self) -> int:
        """How much waits on the disk."""
        return sum(path.stat().st_size for path in self._folder.glob("*.spool"))

    async def put(self, *bodies: bytes) -> None:
        """Put through, or keep. When this returns the bodies are the broker's or on the disk."""
        if not self._files:
            try:
                await self._outlet.put(*bodies)
            except DomainError as trouble:
                if trouble.kind is not Kind.UNAVAILABLE:
                    raise
            else:
                return
        await asyncio.to_thread(self._keep, bodies)
        if self._news is not None:
            self._news.wake()

    async def run(self) -> None:
        """Put what is kept, oldest first, whenever the broker takes it."""
        self._news = WakeUp(SAFETY_NET)
        await keep_going(self._put_kept, "spool", first_wait=0.2, longest=LONGEST_WAIT)

    async def _put_kept(self) -> None:
        assert self._news is not None  # noqa: S101 - run() has made it
        self._news.clear()
        while self._files:
            oldest = await asyncio.to_thread(self._close_oldest)
            for body in await asyncio.to_thread(_records, oldest):
                await self._outlet.put(body)
            await asyncio.to_thread(self._forget, oldest)
        await self._news.wait()

    def _keep(self, bodies: Sequence[bytes]) -> None:
        record = b"".join(_HEAD.pack(len(body), zlib.crc32(body)) + body for body in bodies)
        with self._lock:
            if self.kept_bytes + len(record) > self._most:
                raise SpoolFull(retry_after=5)
            try:
                if self._file is None:
                    self._file = self._new_file()
                os.write(self._file, record)
                os.fsync(self._file)
            except OSError as trouble:
                log.warning("cannot keep", reason=trouble.strerror)
                self._close()  # what stands behind a torn record would not be found
                raise SpoolFull(retry_after=5) from trouble

    def _new_file(self) -> int:
        self._number += 1
        path = self._folder / f"{self._number:012d}.spool"
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self._files.append(path)
        folder = os.open(self._folder, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
        return file

    def _close_oldest(self) -> Path:
        """Give the oldest file; nothing is added to it any more."""
        with self._lock:
            if len(self._files) == 1:
                self._close()
            return self._files[0]

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _forget(self, path: Path) -> None:
        with self._lock:
            path.unlink()
            self._files.remove(path)


def _lock(folder: Path) -> int:
    """Keep others out of the folder for as long as this process lives, however it ends."""
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise SpoolTaken(str(folder)) from None
    return lock


def _records(path: Path) -> list[bytes]:
    """Read a file of records up to where it is whole."""
    return list(_whole_records(path))


def _whole_records(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            length, checksum = _HEAD.unpack(head)
            body = file.read(length)
            if len(body) != length or zlib.crc32(body) != checksum:
                return
            yield body
