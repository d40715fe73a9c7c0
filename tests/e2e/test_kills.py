"""Kill -9 under load loses nothing, doubles nothing, makes nothing up; and the check that says so can fail."""

from pathlib import Path

import pytest

from tests.support.kill_run import kill_run

pytestmark = pytest.mark.e2e


def test_every_answer_survives_kills_exactly_once(tmp_path: Path) -> None:
    report = kill_run(tmp_path / "data", kills=5, seed=7)
    assert report.verdict.is_clean, report.verdict.examples
    assert report.acknowledged > 100
    assert report.repeated > 0


def test_an_answer_before_the_commit_is_caught(tmp_path: Path) -> None:
    report = kill_run(tmp_path / "data", kills=2, seed=7, ways=("answer_before_commit",), rebuild=False)
    assert report.verdict.found["lost"]


def test_a_forgotten_idempotency_key_is_caught(tmp_path: Path) -> None:
    report = kill_run(tmp_path / "data", kills=3, seed=7, ways=("no_keys",), rebuild=False)
    assert report.verdict.found["doubled"]
