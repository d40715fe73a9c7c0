"""Recording, correcting and taking back moods."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from daybeat.contracts.moods import MoodChanged, MoodDeleted, MoodRecorded, MoodSettingsChanged
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.moods.commands import ChangeMood, RecordMood
from daybeat.modules.moods.errors import MoodIdTaken, MoodInFuture
from daybeat.modules.moods.ports import Prompts
from daybeat.modules.moods.repository import MoodRepository

CLOCKS_DIFFER = timedelta(seconds=30)


def record_mood(command: RecordMood, prompts: Prompts, *, uow: UnitOfWork) -> UUID:
    """Keep a mood and close the prompt it answers. A known id is the same mood again."""
    repository = MoodRepository(uow.connection)
    known = command.mood_id and repository.find(command.mood_id)
    if known:
        return _again(command, known)
    at = _moment(command.at or uow.now, uow.now)
    mood_id = command.mood_id or new_id()
    prompt_id = _closed(command, prompts, mood_id, uow)
    day = command.calendar.habit_day(at, command.zone)
    said = {"user_id": command.user_id, "score": command.score, "tags": list(command.tags), "at": at}
    repository.add(
        {
            **said,
            "id": mood_id,
            "note": command.note,
            "zone": command.zone or command.calendar.zone,
            "day": day,
            "source": uow.origin.source,
            "prompt_id": prompt_id,
            "created_at": uow.now,
            "changed_at": None,
        }
    )
    uow.record(
        MoodRecorded(
            user_id=command.user_id,
            mood_id=mood_id,
            score=command.score,
            tags=tuple(command.tags),
            at=at,
            date=day,
            prompt_id=prompt_id,
            shared=repository.settings(command.user_id)["share_on_wall"],
        )
    )
    return mood_id


def change_mood(command: ChangeMood, *, uow: UnitOfWork) -> None:
    """Correct a mood; another time may move it to another day."""
    repository = MoodRepository(uow.connection)
    row = repository.get(command.user_id, command.mood_id)
    changes = {field: value for field, value in command.changes.items() if getattr(row, field) != value}
    if not changes:
        return
    day = row.day
    if "at" in changes:
        changes["at"] = _moment(changes["at"], uow.now)
        day = command.calendar.habit_day(changes["at"], row.zone)
    repository.change(row.id, {**changes, "day": day, "changed_at": uow.now})
    uow.record(
        MoodChanged(
            user_id=row.user_id,
            mood_id=row.id,
            score=changes.get("score", row.score),
            date=day,
            fields=tuple(sorted(changes)),
        )
    )


def delete_mood(user_id: UUID, mood_id: UUID, *, uow: UnitOfWork) -> None:
    """Take a mood back. The prompt it answered stays answered."""
    repository = MoodRepository(uow.connection)
    row = repository.get(user_id, mood_id)
    repository.delete(mood_id)
    uow.record(MoodDeleted(user_id=user_id, mood_id=mood_id, date=row.day))


def change_settings(user_id: UUID, wanted: Mapping[str, Any], *, uow: UnitOfWork) -> None:
    """Choose faces and labels, and whether moods may count on the wall."""
    repository = MoodRepository(uow.connection)
    before = repository.settings(user_id)
    changed = tuple(sorted(field for field, value in wanted.items() if before[field] != value))
    if changed:
        repository.keep_settings(user_id, {**before, **wanted})
        uow.record(MoodSettingsChanged(user_id=user_id, fields=changed))


def _moment(at: datetime, now: datetime) -> datetime:
    """Take the clock of a device that is a little ahead for ours; what is still to come cannot be felt yet."""
    if at - now > CLOCKS_DIFFER:
        raise MoodInFuture
    return min(at, now)


def _again(command: RecordMood, known: Row[Any]) -> UUID:
    if known.user_id != command.user_id or known.score != command.score:
        raise MoodIdTaken
    mood_id: UUID = known.id
    return mood_id


def _closed(command: RecordMood, prompts: Prompts, mood_id: UUID, uow: UnitOfWork) -> UUID | None:
    """A mood of now answers the open prompt even when it does not name it; a mood of another time does not."""
    if command.prompt_id is None and command.at is not None:
        return None
    return prompts.close(uow, command.user_id, command.prompt_id, mood_id)
