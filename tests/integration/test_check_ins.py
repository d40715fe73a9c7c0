"""Check-ins through the HTTP API."""

from tests.support.daybeat import Daybeat


def test_a_second_identical_call_changes_nothing(daybeat: Daybeat) -> None:
    ana = daybeat.person()
    habit = ana.habit()
    first = ana.says(habit, "2026-03-02")
    again = ana.says(habit, "2026-03-02")
    assert first["changed"]
    assert not again["changed"]
    assert again["check_in"] == first["check_in"]
    assert again["stats"]["streak"] == 1
