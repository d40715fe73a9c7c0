"""Fixtures of the tests that go through the doors of a running Daybeat."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from daybeat.bootstrap.core import Core, open_core
from tests.support.clock import SetClock
from tests.support.daybeat import NOON, Daybeat, Person, running_daybeat, surroundings
from tests.support.days import newcomer


@pytest.fixture(scope="module")
def shared_daybeat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daybeat]:
    """One Daybeat for a whole file, where every test brings a person of its own. It may send to our servers."""
    with running_daybeat(tmp_path_factory.mktemp("shared") / "data", allow_private_targets=True) as running:
        # The first account of an instance is its admin; nobody in these tests should be.
        running.person("admin@example.org")
        yield running


@pytest.fixture
def house(shared_daybeat: Daybeat) -> Daybeat:
    """The shared Daybeat, at noon of 2 March 2026 again."""
    shared_daybeat.clock.set(NOON)
    # A page's session cookie of an earlier test must not speak in this one.
    shared_daybeat.client.cookies.clear()
    return shared_daybeat


@pytest.fixture
def ana(house: Daybeat) -> Person:
    return newcomer(house)


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    """An opened database with nothing running on it."""
    with surroundings(tmp_path / "data") as settings, open_core(settings, SetClock(NOON)) as opened:
        yield opened
