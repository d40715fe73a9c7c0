"""A fence around libraries that open connections of their own, so that they reach no further than we would.

Python reports to audit hooks what is about to happen, a connection with the very address it goes to, and lets them
forbid it. That holds for redirects, for names that change their meaning, and for whatever a library tries besides.
"""

import contextlib
import os
import socket
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Self

from daybeat.infra.web.reachable import NEVER_REASON, refusal

MACHINE_REASON = "This would use this machine itself: its files, its programs or its network."
_READABLE = ("/etc/ssl", "/usr/share/ca-certificates", "/usr/share/zoneinfo")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_here = threading.local()


class FencedOff(PermissionError):
    """A library tried to go where it may not."""


class Fence:
    """A context in which the present thread may connect to allowed addresses and read libraries, and do little else.

    `reason` says, after the first attempt to go further, what was wrong with it.
    """

    def __init__(self, *, allow_private: bool) -> None:
        self.reason: str | None = None
        self._allow_private = allow_private
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._cut = False

    def __enter__(self) -> Self:
        _raise_hook()
        _here.fence = self
        return self

    def __exit__(self, *_: object) -> None:
        _here.fence = None
        self._let_go()

    def cut(self) -> None:
        """End every connection from another thread, so that whoever waits for an answer there waits no longer."""
        with self._lock:
            self._cut = True
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def allow_connection(self, connecting: socket.socket, address: Any, *_: Any) -> None:
        ip = address[0] if isinstance(address, tuple) else None
        reason = refusal(ip, allow_private=self._allow_private) if isinstance(ip, str) else NEVER_REASON
        if reason is not None:
            raise self._off(reason)
        with self._lock:
            if self._cut:
                raise FencedOff("too late")
            self._open.append(connecting.dup())

    def allow_open(self, path: Any, _mode: Any, flags: int, *_: Any) -> None:
        if isinstance(path, int) or path is None:
            return
        whole = os.path.realpath(os.fsdecode(path))
        if flags & _WRITES or not whole.startswith(_readable()):
            raise self._off(MACHINE_REASON)

    def forbid(self, *_: Any) -> None:
        raise self._off(MACHINE_REASON)

    def _off(self, reason: str) -> FencedOff:
        self.reason = self.reason or reason
        return FencedOff(reason)

    def _let_go(self) -> None:
        with self._lock:
            for each in self._open:
                each.close()
            self._open.clear()


_FORBIDDEN = (
    "_thread.start_new_thread",  # it would stand outside of the fence; Python tells of it since 3.12
    "ctypes.dlopen",
    "os.chmod",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.link",
    "os.mkdir",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.spawn",
    "os.symlink",
    "os.system",
    "os.truncate",
    "pty.spawn",
    "socket.bind",
    "subprocess.Popen",
    "syslog.openlog",
    "syslog.syslog",
)
_GUARDED: Mapping[str, Callable[..., None]] = {
    **dict.fromkeys(_FORBIDDEN, Fence.forbid),
    "open": Fence.allow_open,
    "socket.connect": Fence.allow_connection,
    "socket.sendmsg": Fence.forbid,
    "socket.sendto": Fence.forbid,
}


@contextlib.contextmanager
def _unwatched(fence: Fence) -> Iterator[None]:
    """Look the other way while the fence itself works."""
    _here.fence = None
    try:
        yield
    finally:
        _here.fence = fence


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    allow = _GUARDED.get(event)
    fence = getattr(_here, "fence", None) if allow is not None else None
    if fence is not None and allow is not None:
        with _unwatched(fence):
            allow(fence, *arguments)


@cache
def _raise_hook() -> None:
    """Begin to hear of what happens. It cannot be undone, and costs little where there is no fence."""
    sys.addaudithook(_watch)


@cache
def _readable() -> tuple[str, ...]:
    """List where libraries live. The path of imports is no guide: it may begin with the folder of our own data."""
    libraries = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    return tuple({os.path.realpath(path) + os.sep for path in (*libraries, *_READABLE)})
