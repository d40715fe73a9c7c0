"""Replies over real MQTT while the gateway and the broker die. The long form of it is `python -m bench replies`."""

from pathlib import Path

import pytest

from tests.support.reply_run import ReplyRun

pytestmark = pytest.mark.e2e


def test_no_reply_is_lost_or_doubled_under_kills(tmp_path: Path) -> None:
    run = ReplyRun(tmp_path, people=8, replies=2_000, seed=7)
    outcome = run.run(gateway_kills=5, broker_kills=1)
    assert (outcome.lost, outcome.doubled, outcome.unknown) == (0, 0, 0)
    assert set(outcome.statuses) <= {"stored", "duplicate"}
    assert sum(outcome.statuses.values()) >= 2_000
