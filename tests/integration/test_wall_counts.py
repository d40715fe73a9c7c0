"""What the wall counts: every message once, through restarts, and the same again when it is rebuilt."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from daybeat.bootstrap.core import Core, open_core
from daybeat.bootstrap.rebuild import names, rebuild
from daybeat.bootstrap.settings import Settings
from daybeat.infra.events.quarantine import set_aside_items
from daybeat.modules.wall.domain.messages import Kind, Message, write_message
from daybeat.modules.wall.models import wall_counts, wall_minutes
from tests.support.clock import SetClock
from tests.support.daybeat import NOON
from tests.support.moods import BAD, GOOD, counts, deliver, send, stats

README = b'{"type":"good","timestamp":"2026-02-16T16:15:00.000Z"}'


def rows(core: Core) -> list[list[tuple[Any, ...]]]:
    def look(connection: Connection) -> list[list[tuple[Any, ...]]]:
        tables = (wall_counts, wall_minutes)
        return [sorted((tuple(row) for row in connection.execute(table.select())), key=repr) for table in tables]

    return core.store.read_now(look)


def test_a_message_written_as_it_is_documented_is_counted(core: Core) -> None:
    send(core, README)
    deliver(core)
    assert counts(core) == (1, 0)
    assert sum(stats(core).day.happy) == 0  # it is two weeks old


def test_an_empty_wall(core: Core) -> None:
    now = stats(core)
    assert (now.happy, now.sad, now.score, now.total, now.updated_at, now.waiting_for) == (0, 0, 0, 0, None, 0)
    assert len(now.day.happy) == len(now.day.sad) == 96


def test_score_and_total(core: Core) -> None:
    send(core, GOOD, BAD, BAD, BAD)
    deliver(core)
    now = stats(core)
    assert (now.happy, now.sad, now.score, now.total, now.updated_at) == (1, 3, -2, 4, NOON)


@pytest.mark.parametrize("bad", [b"garbage", b"{}", b"\xff\xfe", b'{"type":"meh","timestamp":"2026-03-02T12:00:00Z"}'])
def test_a_bad_message_is_set_aside_and_costs_nothing(core: Core, bad: bytes) -> None:
    send(core, GOOD, bad, BAD, GOOD)
    deliver(core)
    assert counts(core) == (2, 1)
    (item,) = core.store.read_now(set_aside_items)
    assert item.reader == "queue:wall.counts"


def test_the_last_day_stands_in_steps(core: Core) -> None:
    for minutes, kind in (
        (1, Kind.GOOD),
        (14, Kind.GOOD),
        (16, Kind.BAD),
        (24 * 60 - 20, Kind.GOOD),
        (25 * 60, Kind.BAD),
    ):
        send(core, write_message(Message(kind, NOON - timedelta(minutes=minutes))))
    send(core, write_message(Message(Kind.GOOD, NOON)))
    deliver(core)
    day = stats(core).day
    assert day.until == datetime(2026, 3, 2, 12, 15, tzinfo=UTC)
    assert (day.happy[-2:], day.sad[-3:]) == ([2, 1], [1, 0, 0])
    assert (day.happy[0], sum(day.happy), sum(day.sad)) == (1, 4, 1)


def test_counts_survive_a_restart(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    with open_core(settings, SetClock(NOON)) as first:
        send(first, GOOD, GOOD, BAD)
        deliver(first)
        send(first, GOOD)  # accepted, and not yet counted when it ends
    with open_core(settings, SetClock(NOON)) as second:
        assert counts(second) == (2, 1)
        assert deliver(second) == 1
        assert counts(second) == (3, 1)


def test_rebuilt_counts_are_the_live_ones(core: Core) -> None:
    for number in range(40):
        at = NOON - timedelta(minutes=number * 7)
        send(core, write_message(Message(Kind.BAD if number % 3 else Kind.GOOD, at)), *([b"bad"] * (number % 2)))
        deliver(core)
    live, shown = rows(core), stats(core)
    assert "wall.counts" in names()
    core.store.write_now(lambda uow: uow.connection.execute(wall_minutes.update().values(n=99)) and None)
    rebuild(core, "wall.counts", lambda _done, _total: None)
    assert (rows(core), stats(core)) == (live, shown)
