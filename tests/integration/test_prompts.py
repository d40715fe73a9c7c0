"""Being asked: at the right minute, once more after silence, never after an answer, and left in peace in the end."""

from typing import Any
from uuid import UUID

import pytest

from daybeat.modules.reminders.ticking import PromptTicker
from tests.support.database import caught_up, contents
from tests.support.daybeat import PASSWORD, Daybeat, Person
from tests.support.days import newcomer, use_program_token


@pytest.fixture
def ana(house: Daybeat) -> Person:
    person = newcomer(house)
    use_program_token(person)
    return person


def pass_by(daybeat: Daybeat, *, minutes: int, step: int = 1) -> None:
    """Let minutes go by, each with a tick."""
    ticker = PromptTicker(daybeat.core.store, daybeat.clock)
    for _ in range(0, minutes, step):
        daybeat.clock.forward(minutes=step)
        assert daybeat.client.portal is not None
        daybeat.client.portal.call(ticker.tick)


def asked(person: Person, **query: Any) -> list[dict[str, Any]]:
    """List the person's prompts, the oldest first."""
    found: list[dict[str, Any]] = person.get("/mood-prompts", **query)["items"]
    return found[::-1]


def choose(person: Person, **wishes: Any) -> Any:
    return person.put("/mood-prompts/settings", {"quiet_hours": None, **wishes})


def test_nobody_is_asked_who_does_not_want_to_be(house: Daybeat, ana: Person) -> None:
    assert ana.get("/mood-prompts/settings")["enabled"] is False
    pass_by(house, minutes=600, step=60)
    assert asked(ana) == []


def test_settings_are_given_back_as_they_were_put(ana: Person) -> None:
    wishes = {
        "enabled": True,
        "every": "PT4H",
        "quiet_hours": {"from": "22:00", "to": "08:00"},
        "follow_up_after": "PT45M",
        "max_follow_ups": 2,
        "channels": ["mqtt"],
        "paused_until": None,
    }
    kept = ana.put("/mood-prompts/settings", wishes)
    assert {name: kept[name] for name in wishes} == wishes
    assert kept["next_at"] == "2026-03-02T16:00:00Z"
    assert ana.get("/mood-prompts/settings") == kept


def test_times_and_an_interval_exclude_each_other(ana: Person) -> None:
    answer = ana.ask("PUT", "/mood-prompts/settings", json={"every": "PT4H", "times": ["09:00"]})
    assert answer.status_code == 422


def test_silence_gets_one_follow_up_at_the_right_minute_and_then_the_prompt_expires(
    house: Daybeat, ana: Person
) -> None:
    choose(ana, every="PT4H", follow_up_after="PT30M")
    pass_by(house, minutes=239)
    assert asked(ana) == []
    pass_by(house, minutes=1)
    (prompt,) = asked(ana)
    assert (prompt["state"], prompt["asked_at"]) == ("open", "2026-03-02T16:00:00Z")
    pass_by(house, minutes=29)
    assert asked(ana)[0]["state"] == "open"
    pass_by(house, minutes=1)
    assert (asked(ana)[0]["state"], asked(ana)[0]["follow_ups"]) == ("followed_up", 1)
    pass_by(house, minutes=29)
    assert asked(ana)[0]["state"] == "followed_up"
    pass_by(house, minutes=1)
    assert (asked(ana)[0]["state"], asked(ana)[0]["follow_ups"]) == ("expired", 1)


def test_an_answer_closes_the_prompt_and_nobody_asks_again(house: Daybeat, ana: Person) -> None:
    choose(ana, every="PT4H")
    pass_by(house, minutes=240, step=10)
    (prompt,) = asked(ana, state="open")
    mood = ana.post(f"/mood-prompts/{prompt['id']}/reply", {"score": 4, "note": "fine"})
    assert mood["prompt_id"] == prompt["id"]
    pass_by(house, minutes=120, step=10)
    (closed,) = asked(ana)
    assert (closed["state"], closed["mood_id"], closed["late"], closed["follow_ups"]) == (
        "answered",
        mood["id"],
        False,
        0,
    )


def test_the_first_of_two_answers_wins(ana: Person) -> None:
    prompt = ana.post("/mood-prompts")
    ana.post(f"/mood-prompts/{prompt['id']}/reply", {"score": 4})
    answer = ana.ask("POST", f"/mood-prompts/{prompt['id']}/reply", json={"score": 1})
    assert (answer.status_code, answer.json()["type"]) == (409, "already-answered")
    assert [mood["score"] for mood in ana.get("/moods")["items"]] == [4]


def test_an_answer_sent_twice_with_one_key_is_one(ana: Person) -> None:
    prompt = ana.post("/mood-prompts")
    path, headers = f"/mood-prompts/{prompt['id']}/reply", {"Idempotency-Key": "tap"}
    assert ana.post(path, {"score": 4}, headers=headers) == ana.post(path, {"score": 4}, headers=headers)


def test_a_late_answer_is_kept_and_called_late(house: Daybeat, ana: Person) -> None:
    prompt = ana.post("/mood-prompts")
    pass_by(house, minutes=90, step=10)
    assert asked(ana)[0]["state"] == "expired"
    ana.post(f"/mood-prompts/{prompt['id']}/reply", {"score": 2})
    assert (asked(ana)[0]["state"], asked(ana)[0]["late"]) == ("answered", True)


def test_a_mood_said_by_itself_answers_the_open_prompt(ana: Person) -> None:
    prompt = ana.post("/mood-prompts")
    assert ana.post("/moods", {"score": 4})["prompt_id"] == prompt["id"]
    assert asked(ana)[0]["state"] == "answered"


def test_a_mood_of_yesterday_answers_nothing(ana: Person) -> None:
    ana.post("/mood-prompts")
    assert ana.post("/moods", {"score": 4, "at": "2026-03-01T12:00:00Z"})["prompt_id"] is None
    assert asked(ana)[0]["state"] == "open"


def test_asking_again_now_lets_the_open_prompt_expire(ana: Person) -> None:
    first, second = ana.post("/mood-prompts"), ana.post("/mood-prompts")
    assert {each["id"]: each["state"] for each in asked(ana)} == {first["id"]: "expired", second["id"]: "open"}


def test_a_follow_up_disturbs_nobody_at_night(house: Daybeat, ana: Person) -> None:
    ana.put("/mood-prompts/settings", {"times": ["21:45"], "quiet_hours": {"from": "22:00", "to": "08:00"}})
    pass_by(house, minutes=585, step=15)
    assert asked(ana)[0]["state"] == "open"
    pass_by(house, minutes=90)
    assert (asked(ana)[0]["state"], asked(ana)[0]["asked_at"]) == ("expired", "2026-03-02T21:45:00Z")


def test_times_in_quiet_hours_are_recorded_as_skipped(house: Daybeat, ana: Person) -> None:
    ana.put("/mood-prompts/settings", {"times": ["23:00"], "quiet_hours": {"from": "22:00", "to": "08:00"}})
    pass_by(house, minutes=12 * 60, step=10)
    (skipped,) = asked(ana)
    assert (skipped["state"], skipped["reason"], skipped["asked_at"]) == ("skipped", "quiet", None)


def test_a_pause_is_recorded_as_skipped(house: Daybeat, ana: Person) -> None:
    choose(ana, times=["13:00", "15:00"], paused_until="2026-03-02T14:00:00Z")
    pass_by(house, minutes=240, step=10)
    assert (asked(ana)[0]["state"], asked(ana)[0]["reason"]) == ("skipped", "paused")
    assert asked(ana)[1]["asked_at"] == "2026-03-02T15:00:00Z"


def test_after_downtime_the_newest_is_asked_and_the_rest_is_recorded(house: Daybeat, ana: Person) -> None:
    choose(ana, every="PT30M", follow_up_after="PT30M", max_follow_ups=0)
    house.clock.forward(minutes=130)
    pass_by(house, minutes=1)
    found = asked(ana)
    assert [each["due_at"][11:16] for each in found] == ["12:30", "13:00", "13:30", "14:00"]
    assert [(each["state"], each["reason"]) for each in found[:3]] == [("skipped", "missed")] * 3
    assert found[3]["state"] == "open"


def test_three_silences_bring_two_days_of_rest_and_then_the_question_whether_to_go_on(
    house: Daybeat, ana: Person
) -> None:
    choose(ana, every="PT1H", follow_up_after="PT10M", max_follow_ups=0)
    pass_by(house, minutes=4 * 60, step=10)
    settings = ana.get("/mood-prompts/settings")
    assert settings["resting_until"] == "2026-03-04T15:10:00Z"
    assert [each["state"] for each in asked(ana)[:4]] == ["expired", "expired", "expired", "skipped"]
    pass_by(house, minutes=2 * 24 * 60, step=30)
    assert not ana.get("/mood-prompts/settings")["doubted"]
    pass_by(house, minutes=3 * 60, step=10)
    settings = ana.get("/mood-prompts/settings")
    assert (settings["doubted"], settings["next_at"]) == (True, None)
    known = len(asked(ana, limit=500))
    pass_by(house, minutes=5 * 60, step=30)
    assert len(asked(ana, limit=500)) == known
    resumed = ana.post("/mood-prompts/resume")
    assert (resumed["doubted"], resumed["next_at"] is not None) == (False, True)


def test_asking_for_a_prompt_of_ones_own_is_no_silence(house: Daybeat, ana: Person) -> None:
    choose(ana, every="PT1H", follow_up_after="PT10M", max_follow_ups=0)
    pass_by(house, minutes=3 * 60, step=10)
    ana.post("/mood-prompts")
    pass_by(house, minutes=30, step=10)
    assert ana.get("/mood-prompts/settings")["resting_until"] is None


def test_any_answer_makes_everything_fresh_again(house: Daybeat, ana: Person) -> None:
    choose(ana, every="PT1H", follow_up_after="PT10M", max_follow_ups=0)
    pass_by(house, minutes=4 * 60, step=10)
    late = asked(ana, state="expired")[0]
    ana.post(f"/mood-prompts/{late['id']}/reply", {"score": 3})
    settings = ana.get("/mood-prompts/settings")
    assert (settings["resting_until"], settings["next_at"]) == (None, "2026-03-02T17:00:00Z")


def test_who_moves_is_asked_by_the_new_clock(house: Daybeat) -> None:
    owner = newcomer(house)
    choose(owner, times=["20:00"])
    owner.patch("/auth/me", {"timezone": "America/New_York"})
    caught_up(house)
    assert owner.get("/mood-prompts/settings")["next_at"] == "2026-03-03T01:00:00Z"


def test_switching_off_asks_no_more(house: Daybeat, ana: Person) -> None:
    choose(ana, every="PT1H")
    assert choose(ana, every="PT1H", enabled=False)["next_at"] is None
    pass_by(house, minutes=180, step=30)
    assert asked(ana) == []


def test_a_skipped_prompt_cannot_be_answered(house: Daybeat, ana: Person) -> None:
    choose(ana, times=["13:00"], paused_until="2026-03-02T14:00:00Z")
    pass_by(house, minutes=90, step=10)
    (skipped,) = asked(ana)
    answer = ana.ask("POST", f"/mood-prompts/{skipped['id']}/reply", json={"score": 3})
    assert (answer.status_code, answer.json()["type"]) == (409, "was-never-asked")


def test_an_account_that_is_deleted_leaves_nothing_due(house: Daybeat) -> None:
    owner = newcomer(house)
    choose(owner, every="PT1H")
    owner.post("/mood-prompts")
    owner.post("/moods", {"score": 1})
    assert UUID(owner.id) in kept_of_users(house)
    assert owner.ask("DELETE", "/auth/me", json={"password": PASSWORD}).status_code == 204
    assert UUID(owner.id) not in kept_of_users(house)


def kept_of_users(daybeat: Daybeat) -> set[Any]:
    """Give whoever stands in a table of moods or prompts."""
    kept = contents(daybeat)
    tables = ("moods", "mood_settings", "prompts", "prompt_settings", "prompt_dues", "prompt_claims")
    return {value for name in tables for row in kept[name] for value in row if isinstance(value, UUID)}
