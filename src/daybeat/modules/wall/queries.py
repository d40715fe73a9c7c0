"""What the wall knows, read from its own counts."""

from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, func, select

from daybeat.modules.wall.counting import minute_of
from daybeat.modules.wall.domain.company import people_missing
from daybeat.modules.wall.domain.messages import Kind
from daybeat.modules.wall.models import wall_counts, wall_minutes, wall_waiting
from daybeat.modules.wall.schemas import Day, WallStats

STEP = 15
STEPS = 24 * 60 // STEP

_COUNTS = select(wall_counts.c.kind, wall_counts.c.n, wall_counts.c.updated_at)
_STEP_OF = wall_minutes.c.minute - wall_minutes.c.minute % STEP
_DAY = (
    select(_STEP_OF, wall_minutes.c.kind, func.sum(wall_minutes.c.n))
    .where(wall_minutes.c.minute >= bindparam("first"), wall_minutes.c.minute < bindparam("until"))
    .group_by(_STEP_OF, wall_minutes.c.kind)
)
_PEOPLE = select(func.count(wall_waiting.c.user_id.distinct()))


def wall_stats(connection: Connection, now: datetime) -> WallStats:
    """Read what the wall shows; costs the same however much was ever counted."""
    counts = {row.kind: row for row in connection.execute(_COUNTS)}
    happy, sad = (counts[kind.value].n if kind.value in counts else 0 for kind in (Kind.GOOD, Kind.BAD))
    return WallStats(
        happy=happy,
        sad=sad,
        score=happy - sad,
        total=happy + sad,
        updated_at=max((row.updated_at for row in counts.values()), default=None),
        waiting_for=people_missing(connection.execute(_PEOPLE).scalar_one()),
        day=_day(connection, now),
    )


def _day(connection: Connection, now: datetime) -> Day:
    until = minute_of(now) // STEP * STEP + STEP
    first = until - STEP * STEPS
    steps = {kind.value: [0] * STEPS for kind in Kind}
    for minute, kind, n in connection.execute(_DAY, {"first": first, "until": until}):
        steps[kind][(minute - first) // STEP] = n
    end = datetime.fromtimestamp(until * 60, UTC)
    return Day(until=end, step_minutes=STEP, happy=steps[Kind.GOOD.value], sad=steps[Kind.BAD.value])
