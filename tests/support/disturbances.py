"""What happens to the server of a simulated town while people are being asked."""

import time

from daybeat.cli.simulation.server import OwnDaybeat


class KillInTheMiddle:
    """Kills the server a moment into each minute, as often as there are moments, and starts it again."""

    def __init__(self, *moments: float) -> None:
        self.kills = 0
        self._moments = moments
        self._last = 0

    def __call__(self, server: OwnDaybeat, _seconds: float) -> None:
        minute, second = divmod(time.time(), 60)
        if self.kills < len(self._moments) and minute != self._last and second < 1:
            time.sleep(max(0.0, self._moments[self.kills] - second))
            server.kill()
            self.kills, self._last = self.kills + 1, int(minute)
            server.start()
