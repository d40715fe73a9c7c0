"""Answers that took a while, remembered in this process for as long as the question stays the same."""

from collections import OrderedDict
from typing import Generic, TypeVar
from uuid import UUID

MOST_USERS = 50

T = TypeVar("T")


class Lately(Generic[T]):
    """Remembers the last question and answer of each user; those who have not asked for the longest are forgotten."""

    def __init__(self, most: int = MOST_USERS) -> None:
        self._most = most
        self._known: OrderedDict[UUID, tuple[object, T]] = OrderedDict()

    def get(self, user_id: UUID, question: object) -> T | None:
        """Give the answer if the last question was the same; anything that can be compared is a question."""
        asked, answer = self._known.get(user_id, (None, None))
        return answer if asked == question else None

    def keep(self, user_id: UUID, question: object, answer: T) -> None:
        """Remember an answer in place of the last one."""
        self._known[user_id] = question, answer
        self._known.move_to_end(user_id)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
