"""The summary of a user's moods, from rows to what the page shows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import fmean, quantiles
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row

from daybeat.kit.patterns import FEWEST_PER_WEEKDAY, FEWEST_WEEKS, Days, level, trend, week_number, week_pattern
from daybeat.modules.moods.domain.summary import volatility
from daybeat.modules.moods.domain.words import HIGHEST, LOWEST
from daybeat.modules.moods.queries import daily_means, entries_by_weekday
from daybeat.modules.moods.repository import MoodRepository
from daybeat.modules.moods.schemas import (
    MoodHour,
    MoodPoint,
    MoodSummary,
    MoodTag,
    MoodTrend,
    MoodVolatility,
    MoodWeek,
)

LOOK_BACK = 90
"""Days before the first one that level, band and volatility still look at."""
BAND = 30
FEWEST_IN_BAND = 2


def summary(connection: Connection, user_id: UUID, today: date, days: int) -> MoodSummary:
    """Sum up the last days, today included."""
    first = today - timedelta(days=days - 1)
    known = MoodRepository(connection).between(user_id, first - timedelta(days=LOOK_BACK), today)
    rows = [row for row in known if row.day >= first]
    means, all_means = daily_means(rows), daily_means(known)
    return MoodSummary(
        first=first,
        last=today,
        count=len(rows),
        days=len(means),
        mean=fmean(means.values()) if means else None,
        counts=[sum(row.score == score for row in rows) for score in range(LOWEST, HIGHEST + 1)],
        level=level(all_means, today),
        trend=_trend(means),
        volatility=_volatility(all_means, today),
        weekdays=_weekdays(means, entries_by_weekday(rows)),
        hours=_hours(rows),
        tags=_tags(rows),
        line=_line(all_means, first, today),
    )


def _trend(means: Days) -> MoodTrend:
    weeks = len({week_number(day) for day in means})
    return MoodTrend(per_week=trend(means), weeks=weeks, weeks_needed=FEWEST_WEEKS)


def _volatility(means: Days, today: date) -> MoodVolatility | None:
    found = volatility(means, today)
    return MoodVolatility(recent=found.recent, usual=found.usual) if found else None


def _weekdays(means: Days, entries: Counter[int]) -> MoodWeek:
    pattern = week_pattern(means, entries)
    by_weekday: dict[int, list[float]] = defaultdict(list)
    for day, mood in means.items():
        by_weekday[day.weekday()].append(mood)
    return MoodWeek(
        means=[fmean(by_weekday[weekday]) if by_weekday[weekday] else None for weekday in range(7)],
        counts=[entries[weekday] for weekday in range(7)],
        p=pattern.p if pattern else None,
        is_pattern=pattern is not None and pattern.is_sure,
        entries_needed=FEWEST_PER_WEEKDAY,
    )


def _hours(rows: Sequence[Row[Any]]) -> list[MoodHour]:
    """Group by the clock on the wall of the place where it was said."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in rows:
        local = row.at.astimezone(ZoneInfo(row.zone))
        cells[local.weekday(), local.hour].append(row.score)
    return [
        MoodHour(weekday=weekday, hour=hour, mean=fmean(scores), count=len(scores))
        for (weekday, hour), scores in sorted(cells.items())
    ]


def _tags(rows: Sequence[Row[Any]]) -> list[MoodTag]:
    by_tag: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for tag in row.tags:
            by_tag[tag].append(row.score)
    tags = [MoodTag(tag=tag, mean=fmean(scores), count=len(scores)) for tag, scores in by_tag.items()]
    return sorted(tags, key=lambda tag: (-tag.count, tag.tag))


def _line(means: Days, first: date, today: date) -> list[MoodPoint]:
    """Draw the level of each day from the first mood on, with the band of the thirty days up to it."""
    points = []
    for day in _each_day(first, today):
        near = {each: mood for each, mood in means.items() if day - timedelta(days=BAND) < each <= day}
        if near:
            low, high = _middle_half(list(near.values()))
            points.append(MoodPoint(date=day, mean=means.get(day), level=level(near, day) or 0.0, low=low, high=high))
    return points


def _middle_half(moods: Sequence[float]) -> tuple[float, float]:
    if len(moods) < FEWEST_IN_BAND:
        return moods[0], moods[0]
    low, _, high = quantiles(moods, n=4, method="inclusive")
    return low, high


def _each_day(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
