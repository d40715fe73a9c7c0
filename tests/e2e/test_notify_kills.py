"""Whatever is killed while messages go out: everybody is told everything, in order, and hardly anything twice."""

from pathlib import Path

import pytest

from tests.support.telling_run import run


@pytest.mark.e2e
def test_no_message_is_lost_or_overtaken_however_often_the_sender_is_killed(tmp_path: Path) -> None:
    told = run(tmp_path / "house", messages=150, people=50, kills=5, seed=3)
    assert (told.lost, told.out_of_order) == (0, 0)
    assert told.doubled <= told.uncertain, told.examples
