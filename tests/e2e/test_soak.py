"""The short form of the accounting run over separate services. `make soak` is the long one."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench.soak import CONTROLS, control, plan_of
from tests.support.soak.run import Crowding, soak
from tests.support.soak.stopping import MOST_SECONDS, stop_everything

IN_SHORT = [way for way in CONTROLS if way in {"unconfirmed", "two_consumers"}]
"""The controls that need few kills; `make soak` runs all of them."""
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def _leave_nothing_for_others() -> Iterator[None]:
    """What was killed in the middle leaves sockets behind; they go with the test that killed."""
    yield
    gc.collect()


@pytest.mark.e2e
def test_nothing_is_lost_doubled_or_out_of_order_whatever_is_killed(tmp_path: Path) -> None:
    plan = replace(plan_of(40, seed=2), postgresql=2, rabbitmq=2, redis=2, mosquitto=1, faults=4, apart=(0.1, 0.6))
    report = soak(tmp_path / "soak", plan, Crowding(pause=0.1))  # other tests run beside it
    assert report.verdict.is_clean, report.verdict.examples
    assert report.kills >= 40
    assert report.all_accepted > 300


@pytest.mark.e2e
@pytest.mark.parametrize("way", IN_SHORT)
def test_a_broken_promise_is_noticed(tmp_path: Path, way: str) -> None:
    found = control(tmp_path, way).verdict.found
    assert found.keys() - {"not drained"}


@pytest.mark.e2e
def test_whoever_is_told_to_stop_stops_in_time_and_loses_nothing(tmp_path: Path) -> None:
    report, stopper = stop_everything(tmp_path / "soak", times=1)
    assert report.verdict.is_clean, report.verdict.examples
    assert max(stopper.longest.values()) <= MOST_SECONDS
    assert stopper.ready_after == []
