"""Looking at moods."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from statistics import fmean
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, select

from daybeat.modules.moods.domain.words import word_of
from daybeat.modules.moods.models import moods
from daybeat.modules.moods.repository import MoodRepository
from daybeat.modules.moods.schemas import Mood, MoodDay, MoodSettings, MoodYear


def mood(connection: Connection, user_id: UUID, mood_id: UUID) -> Mood:
    """Show one mood of the user's."""
    return mood_of(MoodRepository(connection).get(user_id, mood_id))


def mood_list(
    connection: Connection, user_id: UUID, first: date | None, last: date | None, *, tag: str | None, most: int
) -> Sequence[Row[Any]]:
    """List moods, the newest first, so many at most; with a tag, all that have it."""
    repository = MoodRepository(connection)
    if tag is None:
        return repository.between(user_id, first, last, most=most)
    return [row for row in repository.between(user_id, first, last) if tag in row.tags]


def settings(connection: Connection, user_id: UUID) -> MoodSettings:
    return MoodSettings.model_validate(MoodRepository(connection).settings(user_id))


def year_of_moods(connection: Connection, user_id: UUID, year: int) -> MoodYear:
    """Show every day of a year on which something was said."""
    query = (
        select(
            moods.c.day,
            func.avg(moods.c.score).label("mean"),
            func.count().label("count"),
            func.min(moods.c.score).label("lowest"),
            func.max(moods.c.score).label("highest"),
        )
        .where(moods.c.user_id == user_id, moods.c.day.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(moods.c.day)
        .order_by(moods.c.day)
    )
    days = [
        MoodDay(date=row.day, mean=float(row.mean), count=row.count, lowest=row.lowest, highest=row.highest)
        for row in connection.execute(query)
    ]
    return MoodYear(year=year, days=days)


def mood_of(row: Row[Any]) -> Mood:
    return Mood(
        id=row.id,
        score=row.score,
        mood=word_of(row.score),
        note=row.note,
        tags=row.tags,
        at=row.at,
        date=row.day,
        timezone=row.zone,
        source=row.source,
        prompt_id=row.prompt_id,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def daily_means(rows: Sequence[Row[Any]]) -> dict[date, float]:
    """Give the mean mood of each habit day."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row.score)
    return {day: fmean(scores) for day, scores in by_day.items()}


def entries_by_weekday(rows: Sequence[Row[Any]]) -> Counter[int]:
    return Counter(row.day.weekday() for row in rows)
