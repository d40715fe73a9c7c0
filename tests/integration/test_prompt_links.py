"""One-time links: looking answers nothing, pressing answers once, and only Daybeat can make one."""

from typing import Any

import pytest

from tests.support.database import contents
from tests.support.daybeat import Daybeat, Person

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def link(ana: Person) -> str:
    return str(ana.post("/mood-prompts")["link"]).removeprefix("http://127.0.0.1:8000")


def press(daybeat: Daybeat, link: str, body: str = "score=4") -> Any:
    return daybeat.client.post(link, content=body, headers=FORM)


def test_looking_shows_five_faces_and_answers_nothing(house: Daybeat, link: str) -> None:
    before = contents(house)
    for _ in range(3):
        page = house.client.get(link)
        assert page.status_code == 200
        assert page.text.count('name="score"') == 5
        assert house.client.head(link).status_code == 200
    assert contents(house) == before
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"


def test_pressing_a_face_answers_once(house: Daybeat, ana: Person, link: str) -> None:
    assert "Thank you" in press(house, link).text
    again = press(house, link, "score=1")
    assert again.status_code == 409
    assert "already" in house.client.get(link).text
    (mood,) = ana.get("/moods")["items"]
    assert (mood["score"], mood["source"]) == (4, "link")


def test_an_answer_elsewhere_uses_the_link_up(house: Daybeat, ana: Person, link: str) -> None:
    ana.post("/moods", {"score": 5})
    assert press(house, link).status_code == 409


def test_a_late_answer_still_counts(house: Daybeat, ana: Person, link: str) -> None:
    ana.post("/mood-prompts")  # the prompt behind the link has to give way to this one
    assert press(house, link).status_code == 200
    assert [prompt["late"] for prompt in ana.get("/mood-prompts", state="answered")["items"]] == [True]


@pytest.mark.parametrize(
    "body", ["", "score=", "score=6", "score=0", "score=4&score=5", "mood=4", "score=%34", "x" * 5000]
)
def test_a_form_without_a_face_asks_again(house: Daybeat, ana: Person, link: str, body: str) -> None:
    page = press(house, link, body)
    assert page.status_code == 422
    assert page.text.count('name="score"') == 5
    assert ana.get("/moods")["items"] == []


def test_a_link_nobody_made_leads_nowhere(house: Daybeat, link: str) -> None:
    token = link.removeprefix("/t/")
    changed = ("A" if token[5] != "A" else "B").join((token[:5], token[6:]))
    for wrong in (changed, token[:-1], token + "A", "x", "%00", "é" * 10, token * 3):
        assert house.client.get(f"/t/{wrong}").status_code == 404
        assert press(house, f"/t/{wrong}").status_code == 404


def test_labels_of_the_user_are_shown_as_text(house: Daybeat, ana: Person, link: str) -> None:
    faces = [{"face": "<b>", "label": "<script>x"}, *({"label": str(n)} for n in range(4))]
    ana.put("/moods/settings", {"faces": faces})
    page = house.client.get(link).text
    assert "<script>" not in page
    assert "&lt;script&gt;x" in page
