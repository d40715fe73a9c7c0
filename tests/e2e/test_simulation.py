"""A small town with real MQTT clients, whose Daybeat is killed while it asks. It waits for a full minute to begin."""

from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress

from daybeat.cli.simulation.run import live
from tests.support.disturbances import KillInTheMiddle
from tests.support.mosquitto import mosquitto_programs

pytestmark = pytest.mark.e2e


def test_everybody_is_asked_exactly_once_although_the_process_dies(tmp_path: Path) -> None:
    mosquitto_programs()
    kill = KillInTheMiddle(0.1)
    with Progress(console=Console(stderr=True), disable=True) as progress:
        balance = live(tmp_path, 60, 0.1, seed=3, progress=progress, meanwhile=kill)
    assert kill.kills == 1
    assert balance.asked >= 60
    assert (balance.unheard, balance.asked_twice) == (0, 0)
    assert (balance.lost, balance.doubled, balance.unanswered) == (0, 0, 0)
    assert balance.stored > 0
