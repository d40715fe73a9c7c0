"""All SQL about suggestions."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, select, update

from daybeat.kit.errors import NotFound
from daybeat.modules.insights.suggestion_models import suggestions


class SuggestionRepository:
    """Finds and changes the suggestions of one user through one connection."""

    def __init__(self, connection: Connection, user_id: UUID) -> None:
        self._connection, self._own = connection, suggestions.c.user_id == user_id

    def get(self, suggestion_id: UUID) -> Row[Any]:
        """Find one; another user's does not exist."""
        query = select(suggestions).where(self._own, suggestions.c.id == suggestion_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise NotFound
        return row

    def in_states(self, *states: str) -> Sequence[Row[Any]]:
        """List those in some states: open ones by their place, decided ones with the newest decision first."""
        order = suggestions.c.decided_at.desc(), suggestions.c.place, suggestions.c.id
        query = select(suggestions).where(self._own, suggestions.c.state.in_(states)).order_by(*order)
        return self._connection.execute(query).all()

    def add(self, row: Mapping[str, Any]) -> None:
        self._connection.execute(insert(suggestions), dict(row))

    def change(self, suggestion_id: UUID, values: Mapping[str, Any]) -> None:
        self._connection.execute(update(suggestions).where(suggestions.c.id == suggestion_id).values(**values))

    def forget_others(self, habit_ids: Collection[UUID]) -> None:
        """Erase what was suggested for habits that are not among these."""
        self._connection.execute(delete(suggestions).where(self._own, suggestions.c.habit_id.not_in(habit_ids)))
