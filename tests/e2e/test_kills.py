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
    assert caught(tmp_path, "lost", way="answer_before_commit", kills=2)


def test_a_forgotten_idempotency_key_is_caught(tmp_path: Path) -> None:
    assert caught(tmp_path, "doubled", way="no_keys", kills=3)


def caught(folder: Path, what: str, *, way: str, kills: int) -> bool:
    """Break Daybeat on purpose and kill it until that shows; a slow machine may need more than one go."""
    runs = (kill_run(folder / str(seed), kills=kills, seed=seed, ways=(way,), rebuild=False) for seed in range(7, 12))
    return any(run.verdict.found[what] for run in runs)
