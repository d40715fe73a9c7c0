"""All SQL about moods."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from daybeat.contracts.moods import MOOD_WORDS
from daybeat.infra.db.upsert import put
from daybeat.kit.errors import NotFound
from daybeat.modules.moods.models import mood_settings, moods

DRAWN = [{"face": None, "label": word} for word in MOOD_WORDS]
"""The faces of those who never chose: drawn ones, with the words of the scale."""

_ADD = insert(moods)
_ANY = select(moods).where(moods.c.id == bindparam("mood"))
_SETTINGS = select(mood_settings).where(mood_settings.c.user_id == bindparam("user"))


class MoodRepository:
    """Finds and changes moods through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, mood_id: UUID) -> Row[Any] | None:
        """Find a mood, whoever's it is."""
        return self._connection.execute(_ANY, {"mood": mood_id}).one_or_none()

    def get(self, user_id: UUID, mood_id: UUID) -> Row[Any]:
        """Find a mood of the user's; another user's does not exist."""
        row = self.find(mood_id)
        if row is None or row.user_id != user_id:
            raise NotFound
        return row

    def add(self, values: Mapping[str, Any]) -> None:
        self._connection.execute(_ADD, values)

    def change(self, mood_id: UUID, values: Mapping[str, Any]) -> None:
        self._connection.execute(update(moods).where(moods.c.id == mood_id).values(**values))

    def delete(self, mood_id: UUID) -> None:
        self._connection.execute(delete(moods).where(moods.c.id == mood_id))

    def between(
        self, user_id: UUID, first: date | None, last: date | None, *, most: int | None = None
    ) -> Sequence[Row[Any]]:
        """List moods by habit day, both ends included, the newest first and so many at most."""
        query = select(moods).where(moods.c.user_id == user_id)
        if first is not None:
            query = query.where(moods.c.day >= first)
        if last is not None:
            query = query.where(moods.c.day <= last)
        return self._connection.execute(query.order_by(moods.c.at.desc(), moods.c.id.desc()).limit(most)).all()

    def settings(self, user_id: UUID) -> dict[str, Any]:
        """Give the user's faces, and whether their moods may count on the wall."""
        row = self._connection.execute(_SETTINGS, {"user": user_id}).one_or_none()
        return {"faces": row.faces, "share_on_wall": row.share_on_wall} if row else {"faces": DRAWN, **_PRIVATE}

    def labels(self, user_id: UUID) -> list[str]:
        return [face["label"] for face in self.settings(user_id)["faces"]]

    def keep_settings(self, user_id: UUID, settings: Mapping[str, Any]) -> None:
        put(self._connection, mood_settings, {"user_id": user_id, **settings})

    def forget_user(self, user_id: UUID) -> None:
        for table in (moods, mood_settings):
            self._connection.execute(delete(table).where(table.c.user_id == user_id))


_PRIVATE = {"share_on_wall": False}
