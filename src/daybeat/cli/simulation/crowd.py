"""Many MQTT clients in one thread: a selector for their sockets and a heap for what people do later."""

import heapq
import selectors
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import count

from paho.mqtt.enums import MQTTErrorCode

from daybeat.cli.simulation.habits import Temper
from daybeat.cli.simulation.member import Member
from daybeat.cli.simulation.town import Resident

LOOK = 0.05
CARE_EVERY = 1.0
CONNECT_AT_ONCE = 50
RETRY_AFTER = 1.0


class Crowd:
    """The people of the town at one broker."""

    def __init__(self, residents: Sequence[Resident], host: str, port: int, *, seed: int) -> None:
        self._host, self._port = host, port
        self._selector = selectors.DefaultSelector()
        self._plans: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self.members = [
            Member(resident, Temper(seed * 1_000_003 + place), self._later, lambda: datetime.now(UTC))
            for place, resident in enumerate(residents)
        ]
        for place, member in enumerate(self.members):
            self._later(place / CONNECT_AT_ONCE * LOOK, partial(self._connect, member))
        self._later(CARE_EVERY, self._care)

    @property
    def listening(self) -> int:
        """Count who is connected and hears prompts."""
        return sum(member.is_listening for member in self.members)

    def live(self, until: Callable[[], bool]) -> None:
        """Let everybody live until told that it is enough."""
        while not until():
            for key, _ in self._selector.select(self._wait()):
                self._turn(key.data)
            while self._plans and self._plans[0][0] <= time.monotonic():
                heapq.heappop(self._plans)[2]()

    def leave(self) -> None:
        for member in self.members:
            member.client.disconnect()
        self._selector.close()

    def _turn(self, member: Member) -> None:
        if member.client.loop_read() != MQTTErrorCode.MQTT_ERR_SUCCESS:
            self._lose(member)
        else:
            self._write(member)

    def _write(self, member: Member) -> None:
        while member.client.want_write():
            if member.client.loop_write() != MQTTErrorCode.MQTT_ERR_SUCCESS:
                self._lose(member)
                return

    def _connect(self, member: Member) -> None:
        try:
            member.connect(self._host, self._port)
        except OSError:
            self._later(RETRY_AFTER, lambda: self._connect(member))
            return
        self._selector.register(member.client.socket(), selectors.EVENT_READ, member)  # type: ignore[arg-type]

    def _lose(self, member: Member) -> None:
        """Come back in a moment; what was sent and not acknowledged is sent again."""
        member.is_listening = False
        for key in [key for key in self._selector.get_map().values() if key.data is member]:
            self._selector.unregister(key.fileobj)
        self._later(RETRY_AFTER, lambda: self._connect(member))

    def _care(self) -> None:
        """Let every client do its housekeeping, and notice who lost the broker without hearing of it."""
        known = {key.data for key in self._selector.get_map().values()}
        for member in known:
            if member.client.loop_misc() != MQTTErrorCode.MQTT_ERR_SUCCESS:
                self._lose(member)
            else:
                self._write(member)
        self._later(CARE_EVERY, self._care)

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._plans, (time.monotonic() + seconds, next(self._order), act))

    def _wait(self) -> float:
        soonest = self._plans[0][0] - time.monotonic() if self._plans else LOOK
        return max(0.0, min(LOOK, soonest))
