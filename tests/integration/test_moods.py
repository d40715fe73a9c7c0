"""Moods through the door: said, corrected, taken back, summed up."""

import base64
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.support.daybeat import NOON, Daybeat, Person
from tests.support.days import newcomer


def test_a_mood_is_kept_with_its_day_and_word(ana: Person) -> None:
    said = ana.post("/moods", {"score": 4, "note": "slept well", "tags": ["sleep", "run", "sleep"]})
    assert said["mood"] == "good"
    assert said["tags"] == ["sleep", "run"]
    assert said["date"] == "2026-03-02"
    assert ana.get(f"/moods/{said['id']}") == said
    assert ana.get("/moods")["items"] == [said]


def test_a_word_is_as_good_as_a_number(ana: Person) -> None:
    assert ana.post("/moods", {"mood": "Happy"})["score"] == 4
    assert ana.ask("POST", "/moods", json={"mood": "purple"}).json()["type"] == "word-not-understood"
    assert ana.ask("POST", "/moods", json={"mood": "happy", "score": 4}).status_code == 422
    assert ana.ask("POST", "/moods", json={}).status_code == 422


def test_several_moods_a_day_are_all_kept_and_the_day_is_their_mean(ana: Person) -> None:
    for score in (2, 5, 5):
        ana.post("/moods", {"score": score})
    (day,) = ana.get("/moods/year")["days"]
    assert day == {"date": "2026-03-02", "mean": 4.0, "count": 3, "lowest": 2, "highest": 5}


def test_a_mood_at_two_in_the_morning_belongs_to_the_day_before(house: Daybeat) -> None:
    paula = newcomer(house, timezone="Europe/Paris")
    said = paula.post("/moods", {"score": 3, "at": "2026-03-02T00:30:00Z"})
    assert said["date"] == "2026-03-01"
    abroad = paula.post("/moods", {"score": 3, "at": "2026-03-02T00:30:00Z", "timezone": "Asia/Tokyo"})
    assert abroad["date"] == "2026-03-02"


def test_a_mood_of_tomorrow_is_refused(ana: Person) -> None:
    answer = ana.ask("POST", "/moods", json={"score": 3, "at": "2026-03-02T12:00:31Z"})
    assert answer.json()["type"] == "mood-in-future"


def test_a_device_whose_clock_is_a_little_ahead_means_now(ana: Person) -> None:
    said = ana.post("/moods", {"score": 3, "at": "2026-03-02T12:00:30Z"})
    assert datetime.fromisoformat(said["at"]) == NOON


def test_a_mood_sent_twice_under_one_id_is_one(ana: Person) -> None:
    mood_id = str(uuid4())
    assert ana.post("/moods", {"score": 3, "id": mood_id}) == ana.post("/moods", {"score": 3, "id": mood_id})
    assert len(ana.get("/moods")["items"]) == 1
    assert ana.ask("POST", "/moods", json={"score": 4, "id": mood_id}).status_code == 409


def test_nobody_can_take_the_id_of_another_users_mood(house: Daybeat, ana: Person) -> None:
    said = ana.post("/moods", {"score": 5})
    answer = newcomer(house).ask("POST", "/moods", json={"score": 5, "id": said["id"]})
    assert answer.status_code == 409


def test_the_same_key_is_the_same_mood(ana: Person) -> None:
    headers = {"Idempotency-Key": "one"}
    first = ana.post("/moods", {"score": 2}, headers=headers)
    assert ana.post("/moods", {"score": 2}, headers=headers) == first
    assert ana.ask("POST", "/moods", json={"score": 3}, headers=headers).status_code == 422
    assert len(ana.get("/moods")["items"]) == 1


def test_a_mood_can_be_corrected_and_moved_to_another_day(ana: Person) -> None:
    said = ana.post("/moods", {"score": 1, "note": "hm"})
    changed = ana.patch(f"/moods/{said['id']}", {"score": 5, "note": None, "at": "2026-02-27T09:00:00Z"})
    assert (changed["score"], changed["note"], changed["date"]) == (5, None, "2026-02-27")
    assert changed["changed_at"] is not None
    assert ana.ask("PATCH", f"/moods/{said['id']}", json={"score": None}).status_code == 422


def test_a_correction_that_changes_nothing_leaves_no_trace(ana: Person) -> None:
    said = ana.post("/moods", {"score": 1})
    assert ana.patch(f"/moods/{said['id']}", {"score": 1})["changed_at"] is None


def test_a_mood_taken_back_is_gone(ana: Person) -> None:
    said = ana.post("/moods", {"score": 1})
    ana.delete(f"/moods/{said['id']}")
    assert ana.get("/moods")["items"] == []
    assert ana.ask("DELETE", f"/moods/{said['id']}").status_code == 404


def test_moods_are_listed_newest_first_by_day_tag_and_page(ana: Person) -> None:
    for hour, tags in ((8, ["work"]), (9, []), (10, ["work"])):
        ana.post("/moods", {"score": 3, "at": f"2026-03-02T{hour:02}:00:00Z", "tags": tags})
    ana.post("/moods", {"score": 3, "at": "2026-03-01T08:00:00Z"})
    assert [each["at"][:13] for each in ana.get("/moods", tag="work")["items"]] == ["2026-03-02T10", "2026-03-02T08"]
    assert len(ana.get("/moods", **{"from": "2026-03-02"})["items"]) == 3
    first = ana.get("/moods", limit=3)
    rest = ana.get("/moods", limit=3, cursor=first["next_cursor"])
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (3, 1, None)


def test_a_cursor_far_behind_the_end_is_an_empty_page(ana: Person) -> None:
    ana.post("/moods", {"score": 3})
    far = base64.urlsafe_b64encode(b"o" + b"9" * 40).decode()
    assert ana.get("/moods", cursor=far) == {"items": [], "next_cursor": None}
    assert ana.get("/mood-prompts", cursor=far) == {"items": [], "next_cursor": None}


def test_faces_can_be_the_users_own(ana: Person) -> None:
    assert ana.get("/moods/settings")["faces"][0] == {"face": None, "label": "awful"}
    faces = [{"face": "🌧️", "label": "rain"}, *({"label": label} for label in ("b", "c", "d", "sun"))]
    assert ana.put("/moods/settings", {"faces": faces})["faces"][0] == {"face": "🌧️", "label": "rain"}
    assert ana.post("/moods", {"mood": "Sun"})["score"] == 5
    assert ana.ask("PUT", "/moods/settings", json={"faces": faces[:4]}).status_code == 422
    twice = [{"label": "same"}] * 5
    assert ana.ask("PUT", "/moods/settings", json={"faces": twice}).status_code == 422
    assert ana.put("/moods/settings", {"share_on_wall": True})["faces"][0]["label"] == "rain"


def fill(ana: Person, moods: Sequence[int | None], hour: int = 9) -> None:
    """Say a mood a day, the last one today."""
    for back, score in enumerate(reversed(moods)):
        if score is not None:
            day = date(2026, 3, 2) - timedelta(days=back)
            ana.post("/moods", {"score": score, "at": f"{day}T{hour:02}:00:00Z"})


def test_the_summary_of_nothing_says_so(ana: Person) -> None:
    found = ana.get("/moods/summary")
    assert (found["count"], found["level"], found["mean"], found["line"]) == (0, None, None, [])
    assert found["trend"] == {"per_week": None, "weeks": 0, "weeks_needed": 6}


def test_the_summary_tells_level_trend_and_volatility(ana: Person) -> None:
    fill(ana, [2] * 30 + [4] * 30)
    found = ana.get("/moods/summary", days=90)
    weights = [0.5 ** (age / 7) for age in range(60)]
    expected = (4 * sum(weights[:30]) + 2 * sum(weights[30:])) / sum(weights)
    assert found["level"] == pytest.approx(expected)
    assert found["counts"] == [0, 30, 0, 30, 0]
    assert found["trend"]["per_week"] > 0.1
    assert found["volatility"]["recent"] == 0
    assert found["volatility"]["usual"] > 0.2
    last: Any = found["line"][-1]
    assert (last["date"], last["mean"], last["low"], last["high"]) == ("2026-03-02", 4.0, 4.0, 4.0)
    assert len(found["line"]) == 60


def test_a_weekday_pattern_is_only_claimed_when_it_is_sure(ana: Person) -> None:
    fill(ana, [1 if (date(2026, 3, 2) - timedelta(days=n)).weekday() == 0 else 4 for n in range(69, -1, -1)])
    found = ana.get("/moods/summary")["weekdays"]
    assert found["is_pattern"]
    assert found["p"] < 0.01
    assert found["means"][0] == 1.0
    assert ana.get("/moods/summary", days=30)["weekdays"]["p"] is None


def test_hours_follow_the_clock_of_the_place(house: Daybeat) -> None:
    paula = newcomer(house, timezone="Europe/Paris")
    paula.post("/moods", {"score": 5, "at": "2026-03-02T08:00:00Z"})
    paula.post("/moods", {"score": 1, "at": "2026-03-02T08:00:00Z", "timezone": "Asia/Tokyo"})
    hours = paula.get("/moods/summary")["hours"]
    assert hours == [
        {"weekday": 0, "hour": 9, "mean": 5.0, "count": 1},
        {"weekday": 0, "hour": 17, "mean": 1.0, "count": 1},
    ]
