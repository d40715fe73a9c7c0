"""Whatever the zone, the clock change, the quiet hours and the downtime: asked once, or recorded as skipped."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybeat.modules.reminders.domain.cadence import QuietHours
from tests.support.prompting import PromptWorld, prompt_world

HOUR = timedelta(hours=1)
ZONES = ("UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo")
# Around clock changes of those zones, and an ordinary week.
BEGINS = [
    datetime(2026, month, day, 5, tzinfo=UTC) for month, day in ((3, 28), (3, 7), (10, 24), (10, 31), (4, 4), (6, 9))
]
CLOCK = st.tuples(st.integers(0, 23), st.sampled_from((0, 15, 30, 59))).map(lambda at: f"{at[0]:02}:{at[1]:02}")
QUIET = st.one_of(
    st.none(), st.tuples(CLOCK, CLOCK).filter(lambda pair: pair[0] != pair[1]).map(lambda p: {"from": p[0], "to": p[1]})
)
RHYTHMS = st.one_of(
    st.sampled_from(("PT10M", "PT45M", "PT4H", "PT7H30M", "PT24H")).map(lambda every: {"every": every}),
    st.lists(CLOCK, min_size=1, max_size=4).map(lambda times: {"times": times}),
)
DOWNTIMES = st.lists(st.tuples(st.integers(0, 47), st.integers(1, 9)), max_size=3)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PromptWorld]:
    with prompt_world(tmp_path_factory.mktemp("prompts") / "data") as opened:
        yield opened


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zone=st.sampled_from(ZONES),
    begin=st.sampled_from(BEGINS),
    rhythm=RHYTHMS,
    quiet=QUIET,
    wait=st.sampled_from(("PT1M", "PT10M", "PT30M", "PT2H")),
    most=st.integers(0, 2),
    downtimes=DOWNTIMES,
)
def test_every_slot_is_asked_once_or_recorded_as_skipped(
    world: PromptWorld, zone: str, begin: datetime, rhythm: Any, quiet: Any, wait: str, most: int, downtimes: Any
) -> None:
    world.clock.set(begin)
    wishes = {**rhythm, "quiet_hours": quiet, "follow_up_after": wait, "max_follow_ups": most}
    user = world.somebody(zone, **wishes)
    _live_through(world, user, begin, {begin + start * HOUR: length * HOUR for start, length in downtimes})
    end = world.clock.now()
    found = world.prompts_of(user)

    dues = [prompt.due_at for prompt in found]
    assert len(set(dues)) == len(dues), "a slot came twice"
    assert dues == [slot for slot in _slots(rhythm, quiet, ZoneInfo(zone), begin, end) if slot in set(dues)]
    lost = set(_slots(rhythm, quiet, ZoneInfo(zone), begin, end)) - set(dues)
    assert not lost, f"slots were lost: {sorted(lost)[:3]}"
    for prompt in found:
        if prompt.asked_at is None:
            assert prompt.state == "skipped"
            assert prompt.reason in {"quiet", "resting", "missed"}
        else:
            assert prompt.due_at <= prompt.asked_at < prompt.expires_at
            assert not _is_quiet(quiet, ZoneInfo(zone), prompt.asked_at)


def _live_through(world: PromptWorld, user: UUID, begin: datetime, downtimes: dict[datetime, timedelta]) -> None:
    """Two days, an answer now and then, and stretches in which nothing ticks. A last tick finds the end."""
    answers = begin
    while world.clock.now() < begin + timedelta(days=2):
        now = world.clock.now()
        asleep = max((length for start, length in downtimes.items() if start <= now < start + length / 4), default=None)
        world.clock.set(now + (asleep or timedelta(minutes=4)))
        world.tick()
        if world.clock.now() - answers > timedelta(hours=3):
            answers = world.clock.now()
            world.answer(user)
    world.tick()


def _slots(rhythm: Any, quiet: Any, zone: ZoneInfo, begin: datetime, end: datetime) -> list[datetime]:
    """Work out the slots the slow way, minute by minute, without the code under test."""
    if "times" in rhythm:
        return sorted({slot for slot in _timed(rhythm["times"], zone, begin) if begin < slot <= end})
    return [slot for slot in _waking(_minutes(rhythm["every"]), quiet, zone, begin) if begin < slot <= end]


def _timed(times: list[str], zone: ZoneInfo, begin: datetime) -> Iterator[datetime]:
    """Each minute whose wall clock has reached a time the minute before had not, on the same date."""
    wanted = {time.fromisoformat(each) for each in times}
    seen = set()
    for minute in range(-24 * 60, 5 * 24 * 60):
        instant = begin.replace(minute=0) + timedelta(minutes=minute)
        wall = instant.astimezone(zone).replace(tzinfo=None)
        before = (instant - timedelta(minutes=1)).astimezone(zone).replace(tzinfo=None)
        for at in wanted:
            target = datetime.combine(wall.date(), at)
            if target <= wall and (before < target) and (target, at) not in seen:
                seen.add((target, at))
                yield instant


def _waking(every: int, quiet: Any, zone: ZoneInfo, begin: datetime) -> Iterator[datetime]:
    """Count minutes since quiet hours ended, or since midnight without any."""
    since: int | None = None
    for minute in range(-48 * 60, 4 * 24 * 60):
        instant = begin.replace(minute=0) + timedelta(minutes=minute)
        wakes = _starts(quiet, zone, instant)
        since = 0 if wakes else since + 1 if since is not None else None
        if since is not None and since % every == 0 and not _is_quiet(quiet, zone, instant):
            yield instant


def _starts(quiet: Any, zone: ZoneInfo, instant: datetime) -> bool:
    """Tell whether the wall clock reaches the end of quiet hours (or midnight) in this minute, for the first time."""
    target = time.fromisoformat(quiet["to"] if quiet else "00:00")
    wall = instant.astimezone(zone).replace(tzinfo=None)
    before = (instant - timedelta(minutes=1)).astimezone(zone).replace(tzinfo=None)
    reached = datetime.combine(wall.date(), target)
    earlier = (instant - HOUR).astimezone(zone).replace(tzinfo=None)
    return before < reached <= wall and not (earlier > before and earlier >= reached)


def _is_quiet(quiet: Any, zone: ZoneInfo, instant: datetime) -> bool:
    if quiet is None:
        return False
    hours = QuietHours(time.fromisoformat(quiet["from"]), time.fromisoformat(quiet["to"]))
    return instant.astimezone(zone).time() in hours


def _minutes(every: str) -> int:
    return {"PT10M": 10, "PT45M": 45, "PT4H": 240, "PT7H30M": 450, "PT24H": 1440}[every]
