"""What is known of every habit's days, in one look: on which it was done and on which not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import Connection, String, case, cast, func, select

from daybeat.modules.insights.models import habit_days
from daybeat.modules.insights.repository import Span

Known = Mapping[date, bool]
ToldDays = list[tuple[UUID, bool, str]]
"""A habit, whether it was done, and the days on which that is so, joined by commas."""

TRANSPARENT = ("skipped", "paused")
_DAYS = habit_days.c
_ASKED = case((_DAYS.unit == "day", _DAYS.due), else_=_DAYS.state.not_in(TRANSPARENT))
"""A quota asks for no day in particular, so each of its days is one with or without it."""


def told_days(connection: Connection, user_id: UUID, span: Span) -> ToldDays:
    """Give by habit which days of a span were done and which not; days that asked for nothing are left out.

    The database joins the days, since ten thousand rows take longer than all that is made of them.
    """
    query = (
        select(_DAYS.habit_id, _DAYS.done, func.aggregate_strings(cast(_DAYS.day, String), ","))
        .where(_DAYS.user_id == user_id, _DAYS.day.between(span.first, span.last), _ASKED)
        .group_by(_DAYS.habit_id, _DAYS.done)
        .order_by(_DAYS.habit_id, _DAYS.done)
    )
    return [(habit_id, done, days) for habit_id, done, days in connection.execute(query)]


def known_days(told: Iterable[tuple[UUID, bool, str]]) -> dict[UUID, Known]:
    """Take the days apart again."""
    day_of = cache(date.fromisoformat)
    known: dict[UUID, dict[date, bool]] = defaultdict(dict)
    for habit_id, done, days in told:
        known[habit_id].update(dict.fromkeys(map(day_of, days.split(",")), done))
    return dict(known)
