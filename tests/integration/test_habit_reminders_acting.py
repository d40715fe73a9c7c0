"""What people do with a reminder: done, skip, later, from the page or by a link that needs no signing in."""

from typing import Any
from uuid import UUID

import pytest

from daybeat.bootstrap.reminders import reminder_url
from tests.support.database import contents
from tests.support.daybeat import Daybeat, Person
from tests.support.days import newcomer, use_program_token
from tests.support.reminding import facts, fates, habit, plan_of, reminders, wait_until

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def ana(house: Daybeat) -> Person:
    person = newcomer(house)
    use_program_token(person)
    return person


@pytest.fixture
def habit_id(house: Daybeat, ana: Person) -> str:
    return habit(house, ana, "12:30", question="Did you <read>?")


@pytest.fixture
def told(house: Daybeat, ana: Person, habit_id: str) -> str:
    """A reminder of 12:30; its id."""
    wait_until(house, "2026-03-02T12:30:00")
    return str(reminders(ana, habit_id=habit_id)[0]["id"])


@pytest.fixture
def link(house: Daybeat, told: str) -> str:
    return reminder_url(house.core, UUID(told)).removeprefix(house.core.settings.url)


def press(daybeat: Daybeat, link: str, body: str) -> Any:
    return daybeat.client.post(link, content=body, headers=FORM)


def check_ins(person: Person, habit_id: str) -> list[tuple[str, str, str]]:
    found = person.get(f"/habits/{habit_id}/check-ins")["items"]
    return [(each["date"], each["state"], each["source"]) for each in found]


def test_done_checks_the_day_in_once(ana: Person, habit_id: str, told: str) -> None:
    for _ in range(2):
        assert ana.post(f"/reminders/{told}/done") == {"date": "2026-03-02", "done_today": True}
    assert check_ins(ana, habit_id) == [("2026-03-02", "done", "reminder")]


def test_done_means_the_day_of_the_reminder_even_on_the_next_one(
    house: Daybeat, ana: Person, habit_id: str, told: str
) -> None:
    wait_until(house, "2026-03-03T09:00:00")
    ana.post(f"/reminders/{told}/done")
    assert check_ins(ana, habit_id) == [("2026-03-02", "done", "reminder")]


def test_done_fills_a_number_up_to_its_target(house: Daybeat, ana: Person) -> None:
    habit_id = habit(house, ana, "12:30", target=8, direction="at_least")
    ana.says(habit_id, "2026-03-02", amount=3)
    wait_until(house, "2026-03-02T12:30:00")
    ana.post(f"/reminders/{reminders(ana)[0]['id']}/done")
    (said,) = ana.get(f"/habits/{habit_id}/check-ins")["items"]
    assert said["amount"] == 8


def test_a_total_needs_its_amount_and_says_so(house: Daybeat, ana: Person) -> None:
    habit(house, ana, "12:30", schedule={"kind": "weekly_total", "week_start": 0}, target=30)
    wait_until(house, "2026-03-02T12:30:00")
    answer = ana.ask("POST", f"/reminders/{reminders(ana)[0]['id']}/done")
    assert (answer.status_code, answer.json()["type"]) == (422, "amount-needed")


def test_skip_skips_the_day_and_the_first_word_stays(ana: Person, habit_id: str, told: str) -> None:
    assert ana.post(f"/reminders/{told}/skip") == {"date": "2026-03-02", "done_today": False}
    assert ana.post(f"/reminders/{told}/done") == {"date": "2026-03-02", "done_today": False}
    assert check_ins(ana, habit_id) == [("2026-03-02", "skip", "reminder")]


def test_skipping_what_is_done_elsewhere_leaves_it_done(ana: Person, habit_id: str, told: str) -> None:
    ana.says(habit_id, "2026-03-02")
    assert ana.post(f"/reminders/{told}/skip")["done_today"] is True
    assert check_ins(ana, habit_id) == [("2026-03-02", "done", "api")]


def test_later_comes_once_more(house: Daybeat, ana: Person, habit_id: str, told: str) -> None:
    for _ in range(2):
        assert ana.post(f"/reminders/{told}/snooze", {"minutes": 45}) == {"due_at": "2026-03-02T13:15:00Z"}
    assert plan_of(house, ana, habit_id)["next"] == {"at": "2026-03-02T13:15:00Z", "why": "snooze"}
    wait_until(house, "2026-03-02T13:15:00")
    wait_until(house, "2026-03-02T14:15:00")
    assert fates(ana) == [("12:30", "told", None), ("13:15", "told", None)]
    assert [fact["why"] for fact in facts(house, ana, "reminder")] == ["time", "snooze"]


def test_later_is_half_an_hour_unless_it_is_said(ana: Person, told: str) -> None:
    assert ana.post(f"/reminders/{told}/snooze")["due_at"] == "2026-03-02T13:00:00Z"


@pytest.mark.parametrize("minutes", [4, 721, 30.5, "30", None])
def test_later_has_bounds(ana: Person, told: str, minutes: Any) -> None:
    assert ana.ask("POST", f"/reminders/{told}/snooze", json={"minutes": minutes}).status_code == 422


def test_later_is_forgotten_once_it_is_done(house: Daybeat, ana: Person, told: str) -> None:
    ana.post(f"/reminders/{told}/snooze")
    ana.post(f"/reminders/{told}/done")
    wait_until(house, "2026-03-02T13:00:00")
    assert fates(ana)[1] == ("13:00", "skipped", "done")
    assert ana.ask("POST", f"/reminders/{told}/snooze").json()["type"] == "is-done"


def test_later_never_falls_into_quiet_hours(ana: Person, told: str) -> None:
    ana.put("/reminders/settings", {"quiet_hours": {"from": "12:50", "to": "15:00"}})
    answer = ana.ask("POST", f"/reminders/{told}/snooze")
    assert (answer.status_code, answer.json()["type"]) == (409, "in-quiet-hours")


def test_there_is_nothing_to_do_with_what_was_not_told(house: Daybeat, ana: Person, habit_id: str) -> None:
    ana.says(habit_id, "2026-03-02")
    wait_until(house, "2026-03-02T12:30:00")
    (skipped,) = reminders(ana)
    for what in ("done", "skip", "snooze"):
        answer = ana.ask("POST", f"/reminders/{skipped['id']}/{what}")
        assert (answer.status_code, answer.json()["type"]) == (409, "was-not-told")


def test_looking_at_a_link_shows_three_buttons_and_does_nothing(house: Daybeat, link: str) -> None:
    before = contents(house)
    for _ in range(3):
        page = house.client.get(link)
        assert (page.status_code, page.text.count('name="do"')) == (200, 3)
        assert house.client.head(link).status_code == 200
    assert contents(house) == before
    assert "Did you &lt;read&gt;?" in page.text
    assert (page.headers["referrer-policy"], page.headers["cache-control"]) == ("no-referrer", "no-store")


def test_pressing_done_twice_is_once(house: Daybeat, ana: Person, habit_id: str, link: str) -> None:
    assert "Done" in press(house, link, "do=done").text
    assert press(house, link, "do=done").status_code == 200
    assert press(house, link, "do=skip").status_code == 200
    assert check_ins(ana, habit_id) == [("2026-03-02", "done", "reminder")]
    assert 'name="do"' not in house.client.get(link).text


def test_pressing_later_says_when_by_the_clock_of_the_user(house: Daybeat) -> None:
    owner = newcomer(house, timezone="Asia/Kathmandu")
    habit(house, owner, "18:00")
    wait_until(house, "2026-03-02T12:15:00")
    (fact,) = facts(house, owner, "reminder")
    link = reminder_url(house.core, UUID(fact["reminder_id"])).removeprefix(house.core.settings.url)
    assert "18:30" in press(house, link, "do=snooze").text


@pytest.mark.parametrize("body", ["", "do=", "do=delete", "do=done&do=skip", "x=done", "do=%64one", "x" * 5000])
def test_a_form_without_a_button_does_nothing(house: Daybeat, ana: Person, habit_id: str, link: str, body: str) -> None:
    assert press(house, link, body).status_code == 422
    assert check_ins(ana, habit_id) == []


def test_what_cannot_be_done_by_a_link_is_said_kindly(house: Daybeat, ana: Person, habit_id: str, link: str) -> None:
    ana.patch(f"/habits/{habit_id}", {"archived": True})
    page = press(house, link, "do=done")
    assert page.status_code == 409
    assert "archived" in page.text


def test_a_link_nobody_made_leads_nowhere(house: Daybeat, ana: Person, link: str) -> None:
    prompt = str(ana.post("/mood-prompts")["link"]).rpartition("/t/")[2]
    token = link.removeprefix("/r/")
    changed = ("A" if token[5] != "A" else "B").join((token[:5], token[6:]))
    for wrong in (prompt, changed, token[:-1], token + "A", "x", "%00", "é" * 10):
        assert house.client.get(f"/r/{wrong}").status_code == 404
        assert press(house, f"/r/{wrong}", "do=done").status_code == 404


def test_a_link_to_a_habit_that_is_gone_leads_nowhere(house: Daybeat, ana: Person, habit_id: str, link: str) -> None:
    ana.delete(f"/habits/{habit_id}")
    assert house.client.get(link).status_code == 404
    assert press(house, link, "do=done").status_code == 404
