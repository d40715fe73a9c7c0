"""Who is listening. A commit wakes the listeners of its user; each then sends what it has not sent yet."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from uuid import UUID

from daybeat.infra.db.unit_of_work import StoredEvent
from daybeat.modules.live.frames import frame_of

MOST_QUEUED = 256


class Listener:
    """One open socket's place in its user's facts.

    New facts wait in `fresh`. When too many wait they are dropped, and the listener reads them from the log instead:
    nothing depends on the queue but speed.
    """

    def __init__(self) -> None:
        self.fresh: list[tuple[int, str]] = []
        self.newest = 0
        self.news = asyncio.Event()

    def offer(self, seq: int, frame: str) -> None:
        if len(self.fresh) >= MOST_QUEUED:
            self.fresh.clear()
        self.fresh.append((seq, frame))
        self.news.set()

    def hear_of(self, seq: int) -> None:
        """Learn that there is a fact of this number; it is read from the log."""
        if seq > self.newest:
            self.newest = seq
            self.news.set()

    def take(self) -> list[tuple[int, str]]:
        """Give what is fresh, and wait for news again."""
        self.news.clear()
        fresh, self.fresh = self.fresh, []
        return fresh


class Hub:
    """Hands committed facts to the listeners of their user, in commit order."""

    def __init__(self, handed_out: Callable[[StoredEvent], None]) -> None:
        self._handed_out = handed_out
        self._listeners: dict[UUID, set[Listener]] = defaultdict(set)
        self._loop = asyncio.get_running_loop()

    @property
    def open_sockets(self) -> int:
        return sum(len(listeners) for listeners in self._listeners.values())

    def on_commit(self, facts: Sequence[StoredEvent]) -> None:
        """Take facts from the writing thread."""
        if facts and self._listeners:
            self._loop.call_soon_threadsafe(self._hand_out, facts)

    def hear_of(self, user_id: UUID, seq: int) -> bool:
        """Learn from elsewhere how far a user's facts have come; tells whether anybody here listens."""
        listeners = self._listeners.get(user_id, ())
        for listener in listeners:
            listener.hear_of(seq)
        return bool(listeners)

    def users(self) -> list[UUID]:
        """List whose facts are listened to."""
        return list(self._listeners)

    def join(self, user_id: UUID) -> Listener:
        listener = Listener()
        self._listeners[user_id].add(listener)
        return listener

    def leave(self, user_id: UUID, listener: Listener) -> None:
        self._listeners[user_id].discard(listener)
        if not self._listeners[user_id]:
            del self._listeners[user_id]

    def _hand_out(self, facts: Sequence[StoredEvent]) -> None:
        for fact in facts:
            listeners = self._listeners.get(fact.event.user_id)
            if listeners:
                frame = frame_of(fact)
                for listener in listeners:
                    listener.offer(fact.user_seq, frame)
                self._handed_out(fact)
