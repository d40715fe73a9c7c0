"""Suggestions as the API shows them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Connection, Row

from daybeat.kit.errors import NotFound
from daybeat.modules.insights.domain.suggestion import Kind
from daybeat.modules.insights.ports import Changing
from daybeat.modules.insights.suggestion_repository import SuggestionRepository
from daybeat.modules.insights.suggestions import APPLIED, AWAY, DISMISSED, UNDONE

_FIELDS = ("id", "kind", "habit_id", "text", "evidence", "button", "decided_at")


class Suggestion(BaseModel):
    """Something that could help with a habit, and what it rests on.

    `button` says what applying does; None where there is nothing to do but to know. `can_undo` tells that a decision
    can be taken back: what was dismissed always, what was applied while the habit is as that left it.
    """

    id: UUID
    kind: Kind
    habit_id: UUID
    name: str
    text: str
    evidence: list[str]
    button: str | None
    state: Literal["open", "applied", "dismissed", "undone"]
    decided_at: dt.datetime | None
    can_undo: bool


class SuggestionList(BaseModel):
    """Open ones, three at most, the most useful first; or those that were decided about, the newest decision first."""

    items: list[Suggestion]


class Shown:
    """Shows the suggestions of one user as of their present day."""

    def __init__(self, connection: Connection, user_id: UUID, today: dt.date, changing: Changing) -> None:
        self._connection, self._user_id, self._today, self._changing = connection, user_id, today, changing
        self._names = changing.names(connection, user_id)

    def one(self, suggestion_id: UUID) -> Suggestion:
        """Show one; when its habit is gone, it is gone too."""
        row = SuggestionRepository(self._connection, self._user_id).get(suggestion_id)
        if row.habit_id not in self._names:
            raise NotFound
        return self._show(row)

    def every(self, states: Sequence[str]) -> list[Suggestion]:
        """Show all in some states; those of habits that are gone are not shown any more."""
        rows = SuggestionRepository(self._connection, self._user_id).in_states(*states)
        return [self._show(row) for row in rows if row.habit_id in self._names]

    def _show(self, row: Row[Any]) -> Suggestion:
        said = {name: getattr(row, name) for name in _FIELDS}
        # A dismissal that was taken back after its evidence went leaves nothing to look at but that.
        state = UNDONE if row.state == AWAY else row.state
        return Suggestion(**said, name=self._names[row.habit_id], state=state, can_undo=self._can_undo(row))

    def _can_undo(self, row: Row[Any]) -> bool:
        if row.state != APPLIED:
            return bool(row.state == DISMISSED)
        return self._changing.can_undo(self._connection, self._user_id, row.habit_id, row.kept, self._today)
