"""How simulated people behave: most answer after a while, some forget, some press twice, some devices are broken."""

import random
from dataclasses import dataclass

SPREAD = 0.6
TYPICAL_DELAY, LONGEST_DELAY = 4.0, 18.0
FORGETS, FORGETS_AGAIN = 0.12, 0.4
PRESSES_TWICE, SENDS_RUBBISH = 0.06, 0.04
RUBBISH = (b"", b"\xff\x00\xfe", b"happy", b"{", b'{"score": 4}', b'{"reply_id": "x", "score": 99}', b"[" * 2000)


@dataclass(frozen=True, slots=True)
class Reaction:
    """What somebody does about a prompt: after so many seconds, with what mood."""

    delay: float
    score: int
    twice: bool
    rubbish: bytes | None


class Temper:
    """One person's way of reacting, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - a simulation, not a secret

    def reaction(self, *, asked_again: bool) -> Reaction | None:
        """Decide about a prompt; None forgets it."""
        if self._dice.random() < (FORGETS_AGAIN if asked_again else FORGETS):
            return None
        delay = min(TYPICAL_DELAY * self._dice.lognormvariate(0, SPREAD), LONGEST_DELAY)
        rubbish = self._dice.choice(RUBBISH) if self._dice.random() < SENDS_RUBBISH else None
        return Reaction(delay, self._dice.choice((1, 2, 3, 3, 4, 4, 5)), self._dice.random() < PRESSES_TWICE, rubbish)
