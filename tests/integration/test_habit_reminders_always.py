"""Whatever the zone, the clock change, the quiet hours, the downtime and the last-second change of mind.

The oracle walks the wall clock minute by minute and knows nothing of the code under test.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.reminding_world import RemindingWorld, reminding_world

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)
LIVED = 2 * DAY
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = ("UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo")
# Around clock changes of those zones, and an ordinary week.
BEGINS = [
    datetime(2026, month, day, 5, tzinfo=UTC) for month, day in ((3, 28), (3, 7), (10, 24), (10, 31), (4, 4), (6, 9))
]
CLOCK = st.tuples(st.integers(0, 23), st.sampled_from((0, 15, 30, 59))).map(lambda at: f"{at[0]:02}:{at[1]:02}")
ON_DAYS = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=5, unique=True).map(",".join)
TIMES = st.lists(st.one_of(CLOCK, st.tuples(ON_DAYS, CLOCK).map(" ".join)), min_size=1, max_size=5, unique=True)
QUIET = st.one_of(st.none(), st.tuples(CLOCK, CLOCK).filter(lambda pair: pair[0] != pair[1]))
WORDS = ("done", "skip", "no", "clear", "pause", "unpause")
PLANS = ("archive", "restore", "off", "on", "vacation", "home", "times", "quiet")
DEEDS = st.lists(
    st.tuples(
        st.integers(0, int(LIVED / MINUTE)).map(lambda minute: minute // 5 * 5),
        st.sampled_from((-SECOND, SECOND)),
        st.sampled_from((*WORDS, *PLANS)),
        TIMES,
        QUIET,
    ),
    max_size=10,
)
DOWNTIMES = st.lists(st.tuples(st.integers(0, 47), st.integers(1, 9)), max_size=3)


@dataclass
class Life:
    """One habit of somebody's, and what the oracle knows of it."""

    zone: ZoneInfo
    rollover: int
    times: list[str]
    days: list[int]
    quiet: tuple[str, str] | None = None
    archived: bool = False
    enabled: bool = True
    vacation_until: date | None = None
    marks: dict[date, str] = field(default_factory=dict)
    pauses: dict[UUID, tuple[date, date]] = field(default_factory=dict)

    def wall(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone).replace(tzinfo=None)

    def day(self, instant: datetime) -> date:
        return (self.wall(instant) - self.rollover * HOUR).date()

    def is_quiet(self, instant: datetime) -> bool:
        if self.quiet is None:
            return False
        begin, end = map(time.fromisoformat, self.quiet)
        now = self.wall(instant).time()
        return begin <= now < end if begin < end else now >= begin or now < end

    def is_slot(self, instant: datetime) -> bool:
        """Tell whether the wall clock reaches one of the times in this minute, for the first time."""
        wall, before = self.wall(instant), self.wall(instant - MINUTE)
        for text in self.times:
            days, _, clock = text.rpartition(" ")
            target = datetime.combine(wall.date(), time.fromisoformat(clock))
            on_this_day = not days or WEEKDAYS[wall.weekday()] in days.split(",")
            if on_this_day and before < target <= wall and not self._was_reached(instant, target):
                return True
        return False

    def _was_reached(self, instant: datetime, target: datetime) -> bool:
        """Tell whether a clock that was set back showed this already."""
        return any(self.wall(instant - n * MINUTE) >= target for n in range(2, 181))

    def reasons(self, slot: datetime, now: datetime) -> set[str]:
        """Name everything that forbids telling a slot now; nothing at all means that it has to be told."""
        day = self.day(now)
        known = {
            "off": not self.enabled,
            "archived": self.archived,
            "vacation": self.vacation_until is not None and self.day(slot) <= self.vacation_until,
            "quiet": self.is_quiet(slot) or self.is_quiet(now),
            "missed": self._is_over(slot, now),
            "done": self.marks.get(day) in {"done", "no"},
            "skipped": self.marks.get(day) == "skip",
            "paused": day not in self.marks and any(first <= day <= last for first, last in self.pauses.values()),
            "not due": day.weekday() not in self.days and self.marks.get(day) is None,
        }
        return {name for name, holds in known.items() if holds}

    def _is_over(self, slot: datetime, now: datetime) -> bool:
        minute = slot
        while minute < now:
            minute += MINUTE
            over = minute - slot >= 2 * HOUR or self.day(minute) != self.day(slot)
            if minute <= now and (over or self.is_quiet(minute) or self.is_slot(minute)):
                return True
        return False


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemindingWorld]:
    with reminding_world(tmp_path_factory.mktemp("reminders") / "data") as opened:
        yield opened


LIVES = st.builds(
    lambda zone, **known: Life(zone=ZoneInfo(zone), **known),
    zone=st.sampled_from(ZONES),
    rollover=st.integers(0, 6),
    times=TIMES,
    days=st.one_of(st.just(list(range(7))), st.lists(st.integers(0, 6), min_size=1, max_size=6, unique=True)),
    quiet=QUIET,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begin=st.sampled_from(BEGINS), life=LIVES, deeds=DEEDS, downtimes=DOWNTIMES, step=st.sampled_from((1, 5, 20)))
def test_every_slot_is_told_when_it_has_to_be_and_otherwise_skipped_for_a_true_reason(
    world: RemindingWorld, begin: datetime, life: Life, deeds: Any, downtimes: Any, step: int
) -> None:
    world.clock.set(begin)
    user = world.somebody(life.zone.key, life.rollover)
    habit = world.habit(user, life.times, {"kind": "weekdays", "days": sorted(life.days)})
    world.wants(user, _wanted(life))
    expected = _live(world, life, (user, habit), deeds, downtimes, step)

    found = world.reminders_of(habit)
    fates = {row.due_at: row for row in found}
    assert len(fates) == len(found), "a slot came twice"
    assert set(fates) == set(expected), f"slots differ: {sorted(set(fates) ^ set(expected))[:3]}"
    for slot, (now, reasons) in expected.items():
        row = fates[slot]
        assert (row.state == "told") == (not reasons), (slot, now, reasons, row)
        assert row.reason in reasons or not reasons, (slot, now, reasons, row)
        assert row.told_at == (None if reasons else now)
    published = [datetime.fromisoformat(fact["due_at"]) for fact in world.told_to(user)]
    assert published == sorted(slot for slot, (_, reasons) in expected.items() if not reasons)
    world.changes(user, habit, archived=True)


def _live(
    world: RemindingWorld, life: Life, who: tuple[UUID, UUID], deeds: Any, downtimes: Any, step: int
) -> dict[datetime, tuple[datetime, set[str]]]:
    """Live two days; gives for every slot when it was looked at, and what forbade telling it then."""
    begin = world.clock.now()
    todo = sorted(
        ((begin + minute * MINUTE + shift, *deed) for minute, shift, *deed in deeds), key=lambda each: each[0]
    )
    down = [(begin + at * HOUR, begin + (at + length) * HOUR) for at, length in downtimes]
    put_off: list[Any] = []
    waiting: list[datetime] = []
    expected = {}
    for n in range(1, int(LIVED / MINUTE) + 1):
        now = begin + n * MINUTE
        while todo and todo[0][0] < now:
            instant, *deed = todo.pop(0)
            world.clock.set(max(instant, world.clock.now()))
            if deed[0] in WORDS:
                _say(world, life, *who, deed[0])
            else:
                put_off.append(deed)  # plans are changed while somebody looks after them
            if put_off and not waiting:
                for each in put_off:
                    _plan(world, life, *who, each)
                put_off.clear()
        if life.enabled and not life.archived and life.is_slot(now):
            waiting.append(now)
        is_last = n == int(LIVED / MINUTE)
        if is_last or (n % step == 0 and not any(first <= now < last for first, last in down)):
            world.clock.set(now)
            expected.update({slot: (now, life.reasons(slot, now)) for slot in waiting})
            waiting.clear()
            world.tick()
    return expected


def _say(world: RemindingWorld, life: Life, user: UUID, habit: UUID, word: str) -> None:
    today = life.day(world.clock.now())
    if life.archived:
        return
    if word == "pause":
        life.pauses[world.pauses(user, habit, today, today + DAY)] = (today, today + DAY)
    elif word == "unpause":
        for pause in list(life.pauses):
            world.ends_pause(user, habit, pause)
            del life.pauses[pause]
    else:
        world.says(user, habit, today, word)
        life.marks[today] = word
        if word == "clear":
            del life.marks[today]


def _plan(world: RemindingWorld, life: Life, user: UUID, habit: UUID, deed: Any) -> None:
    what, times, quiet = deed
    today = life.day(world.clock.now())
    if what in {"archive", "restore"}:
        life.archived = what == "archive"
        world.changes(user, habit, archived=life.archived)
    elif what == "times":
        life.times = times
        world.changes(user, habit, reminders=times)
    else:
        life.enabled = what != "off" if what in {"off", "on"} else life.enabled
        life.vacation_until = {"vacation": today + DAY, "home": None}.get(what, life.vacation_until)
        life.quiet = quiet if what == "quiet" else life.quiet
        world.wants(user, _wanted(life))


def _wanted(life: Life) -> dict[str, Any]:
    return {
        "enabled": life.enabled,
        "quiet_from": life.quiet and life.quiet[0],
        "quiet_to": life.quiet and life.quiet[1],
        "vacation_until": life.vacation_until,
        "milestones": True,
        "daily_summary": None,
        "weekly_day": None,
        "weekly_at": None,
    }


NUDGED = st.lists(st.integers(8 * 60, 22 * 60 - 1), min_size=1, max_size=7)
MOMENTS = st.lists(
    st.tuples(
        st.integers(0, int(8 * DAY / MINUTE)), st.integers(0, 6), st.sampled_from(("done", "skip", "no", "clear"))
    ),
    max_size=30,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    begin=st.sampled_from(BEGINS),
    life=LIVES,
    owns=NUDGED,
    moments=MOMENTS,
    downtimes=st.lists(st.tuples(st.integers(0, 180), st.integers(1, 40)), max_size=2),
)
def test_nudges_stay_within_their_bounds(
    world: RemindingWorld, begin: datetime, life: Life, owns: list[int], moments: Any, downtimes: Any
) -> None:
    world.clock.set(begin)
    user = world.somebody(life.zone.key, life.rollover)
    habits = [world.habit(user, []) for _ in owns]
    world.wants(user, _wanted(life))
    for habit, own in zip(habits, owns, strict=True):
        world.nudges(user, habit, own)
    said = _live_a_week(world, life, user, habits, moments, downtimes)

    told = [row for habit in habits for row in world.reminders_of(habit) if row.state == "told"]
    for row in told:
        wall = life.wall(row.told_at)
        assert 8 <= wall.hour < 22, "nudged at night"
        assert not life.is_quiet(row.told_at), "nudged in quiet hours"
        assert row.date == life.day(row.told_at)
        before = [
            word for at, habit, day, word in said if habit == row.habit_id and day == row.date and at < row.told_at
        ]
        assert not before or before[-1] == "clear", "nudged after a word about the day"
    for day in {row.date for row in told}:
        assert sum(row.date == day for row in told) <= 4, "nudged too often"
        for habit in habits:
            theirs = sorted(
                (row for row in told if (row.date, row.habit_id) == (day, habit)), key=lambda row: row.told_at
            )
            assert [row.why for row in theirs] in ([], ["nudge"], ["nudge", "follow_up"])
            assert all(HOUR <= later.told_at - first.told_at <= 4 * HOUR for first, later in pairwise(theirs))
    for habit in habits:
        world.changes(user, habit, archived=True)


def _live_a_week(
    world: RemindingWorld, life: Life, user: UUID, habits: list[UUID], moments: Any, downtimes: Any
) -> list[tuple[datetime, UUID, date, str]]:
    """Live eight days with a tick every quarter of an hour; gives what was said when, of which habit and day."""
    begin, said = world.clock.now(), []
    todo = sorted(moments)
    down = [(at * HOUR, (at + length) * HOUR) for at, length in downtimes]
    for passed in range(15, int(8 * DAY / MINUTE) + 1, 15):
        while todo and todo[0][0] < passed:
            minute, number, word = todo.pop(0)
            world.clock.set(max(begin + minute * MINUTE - SECOND, world.clock.now()))
            habit, day = habits[number % len(habits)], life.day(world.clock.now())
            world.says(user, habit, day, word)
            said.append((world.clock.now(), habit, day, word))
        world.clock.set(begin + passed * MINUTE)
        if not any(first <= passed * MINUTE < last for first, last in down):
            world.tick()
    return said
