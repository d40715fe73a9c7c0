"""Hints from one process to all others on the same PostgreSQL: NOTIFY and LISTEN, outside of every transaction.

A NOTIFY inside a transaction makes commits wait for each other; one that is sent after the commit does not. It may get
lost with the process, so whoever listens also looks now and then by itself.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue

import psycopg
import structlog

log = structlog.get_logger()

CHANNEL = "daybeat"
GATHERING = 0.003  # seconds in which hints gather
CHECK_EVERY = 5.0
AGAIN = 1.0
_TELL = "SELECT pg_notify(%s, topic) FROM unnest(%s::text[]) AS topic"

Wake = Callable[[], None]


class News:
    """Tells and hears hints by topic, on two connections of its own."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._topics: SimpleQueue[str | None] = SimpleQueue()
        self._listeners: dict[str, list[Wake]] = defaultdict(list)
        self._closed = threading.Event()
        self._teller, self._hearer = _thread("tell", self._tell), _thread("hear", self._hear)
        self._teller.start()

    def on(self, topic: str, wake: Wake) -> None:
        """Call somebody when there is a hint, here or elsewhere."""
        self._listeners[topic].append(wake)
        if not self._hearer.is_alive():
            with suppress(RuntimeError):  # two came at once, and it has been started
                self._hearer.start()

    def tell(self, topics: Iterable[str]) -> None:
        """Give hints; never waits."""
        for topic in topics:
            self._topics.put(topic)

    def close(self) -> None:
        self._closed.set()
        self._topics.put(None)
        self._teller.join(AGAIN)

    def _tell(self) -> None:
        connection: psycopg.Connection | None = None
        while (topic := self._topics.get()) is not None:
            time.sleep(GATHERING)
            try:
                connection = connection or self._connect()
                connection.execute(_TELL, (CHANNEL, sorted({topic, *self._more()})))
            except psycopg.Error:
                connection = None  # a hint is lost; the next one is told on a new connection
                self._closed.wait(AGAIN)
        if connection is not None:
            connection.close()

    def _more(self) -> Iterable[str]:
        with suppress(Empty):
            while (topic := self._topics.get_nowait()) is not None:
                yield topic
            self._topics.put(None)

    def _hear(self) -> None:
        while not self._closed.is_set():
            try:
                with self._connect() as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._wake_all()  # of what happened before, we heard nothing
                    self._hear_on(connection)
            except psycopg.Error as trouble:
                log.debug("news wait", reason=str(trouble))
                self._closed.wait(AGAIN)

    def _hear_on(self, connection: psycopg.Connection) -> None:
        while not self._closed.is_set():
            for notice in connection.notifies(timeout=CHECK_EVERY):
                _call(self._listeners.get(notice.payload, ()))
                if self._closed.is_set():
                    return
            connection.execute("SELECT 1")

    def _wake_all(self) -> None:
        for listeners in list(self._listeners.values()):
            _call(listeners)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self._conninfo, autocommit=True)


def _thread(name: str, run: Callable[[], None]) -> threading.Thread:
    return threading.Thread(target=run, name=name, daemon=True)


def _call(listeners: Iterable[Wake]) -> None:
    for wake in listeners:
        try:
            wake()
        except Exception:
            log.exception("listener failed")
