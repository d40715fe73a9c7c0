"""A reminder is told once, wherever the work breaks off: before the commit, after a claim, or in a second process."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from daybeat.bootstrap.reminders import REMINDED
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.modules.reminders.habit_reminders.telling import claim_due, tell_claimed
from tests.support.reminding_world import reminding_world

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class PowerCutError(Exception):
    pass


def break_off(uow: UnitOfWork) -> None:
    tell_claimed(REMINDED, uow)
    raise PowerCutError


def test_what_broke_off_before_the_commit_is_told_once_afterwards(tmp_path: Path) -> None:
    with reminding_world(tmp_path) as world:
        user = world.somebody()
        habits = [world.habit(user, ["12:00"]) for _ in range(3)]
        world.clock.set(NOON)
        assert world.store.write_now(partial(claim_due, REMINDED)) == 3
        with pytest.raises(PowerCutError):
            world.store.write_now(break_off)
        assert world.told_to(user) == []
        world.tick()
        world.tick()
        assert [[row.state for row in world.reminders_of(habit)] for habit in habits] == [["told"]] * 3
        assert len(world.told_to(user)) == 3


def test_what_was_claimed_before_the_end_is_told_by_the_next_process(tmp_path: Path) -> None:
    with reminding_world(tmp_path) as world:
        user = world.somebody()
        habit = world.habit(user, ["12:00"])
        world.clock.set(NOON)
        world.store.write_now(partial(claim_due, REMINDED))
    with reminding_world(tmp_path, NOON) as world:
        world.tick()
        assert [row.state for row in world.reminders_of(habit)] == ["told"]
        assert len(world.told_to(user)) == 1


def test_a_claim_that_waited_too_long_is_recorded_as_missed(tmp_path: Path) -> None:
    with reminding_world(tmp_path) as world:
        user = world.somebody()
        habit = world.habit(user, ["12:00"])
        world.clock.set(NOON)
        world.store.write_now(partial(claim_due, REMINDED))
        world.clock.forward(hours=2)
        world.tick()
        assert [(row.state, row.reason) for row in world.reminders_of(habit)] == [("skipped", "missed")]


def test_a_check_in_between_claim_and_telling_silences(tmp_path: Path) -> None:
    with reminding_world(tmp_path) as world:
        user = world.somebody()
        habit = world.habit(user, ["12:00"])
        world.clock.set(NOON)
        world.store.write_now(partial(claim_due, REMINDED))
        world.says(user, habit, NOON.date(), "done")
        world.tick()
        assert [(row.state, row.reason) for row in world.reminders_of(habit)] == [("skipped", "done")]


def test_a_clock_that_was_set_back_tells_nothing_again(tmp_path: Path) -> None:
    with reminding_world(tmp_path) as world:
        user = world.somebody()
        habit = world.habit(user, ["12:00"])
        world.clock.set(NOON)
        world.tick()
        world.clock.forward(hours=-1)
        world.changes(user, habit, name="Read a book")
        world.clock.set(NOON)
        world.tick()
        assert len(world.told_to(user)) == 1
        world.clock.forward(days=1)
        world.tick()
        assert len(world.told_to(user)) == 2


def test_times_chosen_a_moment_before_are_told_though_the_news_of_them_came_late(tmp_path: Path) -> None:
    with reminding_world(tmp_path) as world:
        user = world.somebody()
        world.clock.set(NOON)
        world.clock.forward(seconds=-1)
        habit = world.habit(user, ["12:00"], delivered=False)
        world.clock.forward(seconds=2)
        world.deliver()
        world.tick()
        assert [row.state for row in world.reminders_of(habit)] == ["told"]


def test_a_habit_that_has_not_begun_is_not_due(tmp_path: Path) -> None:
    with reminding_world(tmp_path) as world:
        user = world.somebody()
        habit = world.habit(user, ["12:00"], start="2026-03-03")
        world.clock.set(NOON)
        world.tick()
        world.clock.forward(days=1)
        world.tick()
        assert [(row.state, row.reason) for row in world.reminders_of(habit)] == [
            ("skipped", "not due"),
            ("told", None),
        ]
