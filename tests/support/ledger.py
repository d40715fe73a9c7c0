"""What was asked of a Daybeat that keeps being killed, and what it was heard to answer.

The ledger belongs to the side that is never killed. A line is written when an answer has been *read*; an errand that
got none may or may not have happened, and is kept apart until a repetition settles it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Errand:
    """One change somebody wants. `mark` is written into what it makes, so that it can be found again.

    `sent` and `answered` are moments on the ledger's own clock: whatever was answered before another errand was sent
    has to come before it in the user's facts. An errand that `may_repeat` is asked again until it is answered.
    """

    number: int
    user: str
    kind: str
    method: str
    path: str
    body: dict[str, Any] | None
    mark: str
    key: str | None
    may_repeat: bool = True
    sent: int | None = None
    answered: int | None = None
    unanswered: int = 0
    status: int = 0
    made: str | None = None


@dataclass(slots=True)
class Ledger:
    """Every errand, and a file with one line for each answer that was read."""

    path: Path
    errands: list[Errand] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    _moments: Iterator[int] = field(default_factory=count)

    def open(self, errand: Errand) -> Errand:
        self.errands.append(errand)
        return errand

    def sending(self, errand: Errand) -> None:
        """Note the moment before an errand is first sent."""
        if errand.sent is None:
            errand.sent = next(self._moments)

    def heard(self, errand: Errand, status: int, answer: Any) -> None:
        """Write down an answer."""
        errand.answered, errand.status = next(self._moments), status
        errand.made = _made(errand, answer)
        if not _is_expected(errand):
            self.unexpected.append(f"{errand.method} {errand.path}: {status} {json.dumps(answer)[:300]}")
        line = {"number": errand.number, "user": errand.user, "kind": errand.kind, "status": status, "id": errand.made}
        with self.path.open("a") as file:
            file.write(json.dumps(line) + "\n")

    def heard_nothing(self, errand: Errand) -> None:
        """Note that an errand was sent and no answer came."""
        errand.unanswered += 1

    @property
    def acknowledged(self) -> list[Errand]:
        return [each for each in self.errands if each.answered is not None]

    @property
    def ambiguous(self) -> list[Errand]:
        """What was sent and will never be known: it may be there once, or not at all."""
        return [each for each in self.errands if each.answered is None and each.unanswered]

    @property
    def repeated(self) -> int:
        """How many errands were unanswered at first and answered when they were repeated."""
        return sum(1 for each in self.acknowledged if each.unanswered)


def _made(errand: Errand, answer: Any) -> str | None:
    if errand.kind == "habit":
        return answer.get("id") if isinstance(answer, dict) else None
    if errand.kind == "mood":
        return answer.get("id") if isinstance(answer, dict) else None
    check_in = answer.get("check_in") if isinstance(answer, dict) else None
    return check_in["id"] if check_in else None


def _is_expected(errand: Errand) -> bool:
    """Repeating an undo may find it done already: then there is nothing left to undo."""
    return errand.status in {200, 201} or (errand.status == 404 and errand.kind == "undo" and errand.unanswered > 0)
