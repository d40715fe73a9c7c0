"""The whole way over a real Mosquitto: asked on time, answered once, asked again after silence, garbage in between."""

from collections.abc import Iterator

import pytest

from daybeat.modules.reminders.ticking import PromptTicker
from tests.support.daybeat import NOON, Daybeat, Person
from tests.support.days import newcomer, use_program_token
from tests.support.garbage import garbage
from tests.support.mqtt import daybeat_with_broker, device_of
from tests.support.mqtt_person import MqttPerson

PROMPT = "mood/prompt"


@pytest.fixture(scope="module")
def daybeat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daybeat]:
    with daybeat_with_broker(tmp_path_factory.mktemp("asked") / "data") as running:
        yield running


@pytest.fixture
def ana(daybeat: Daybeat) -> Person:
    daybeat.clock.set(NOON)
    return newcomer(daybeat)


@pytest.fixture
def phone(ana: Person) -> Iterator[MqttPerson]:
    with device_of(ana) as device:
        assert device.listen(PROMPT, "mood/ack") == [True, True]
        use_program_token(ana)
        yield device


def pass_by(daybeat: Daybeat, minutes: int) -> None:
    """Let minutes go by, each with a tick."""
    ticker = PromptTicker(daybeat.core.store, daybeat.clock)
    for _ in range(minutes):
        daybeat.clock.forward(minutes=1)
        assert daybeat.client.portal is not None
        daybeat.client.portal.call(ticker.tick)


def choose(person: Person, **wishes: object) -> None:
    person.put("/mood-prompts/settings", {"every": "PT4H", "quiet_hours": None, **wishes})


def test_asked_on_time_answered_once_and_closed_everywhere(daybeat: Daybeat, ana: Person, phone: MqttPerson) -> None:
    choose(ana)
    pass_by(daybeat, 239)
    assert phone.heard == []
    pass_by(daybeat, 1)
    prompt = phone.prompt()
    assert prompt["question"]
    assert prompt["asked_at"] == "2026-03-02T16:00:00+00:00"
    assert prompt["scale"] == ["awful", "bad", "okay", "good", "great"]
    asked = len(phone.heard)
    ack = phone.reply("one", mood="happy", prompt_id=prompt["prompt_id"])
    assert ack == {"reply_id": "one", "status": "stored"}
    assert phone.reply("one", mood="happy", prompt_id=prompt["prompt_id"])["status"] == "duplicate"
    assert phone.on(PROMPT, after=asked).payload == b""
    (mood,) = ana.get("/moods")["items"]
    assert (mood["score"], mood["prompt_id"], mood["source"]) == (4, prompt["prompt_id"], "mqtt")
    assert ana.get("/mood-prompts")["items"][0]["state"] == "answered"
    before = len(phone.heard)
    pass_by(daybeat, 120)
    assert phone.heard[before:] == []


def test_silence_is_followed_up_once_at_the_right_minute_and_then_it_is_over(
    daybeat: Daybeat, ana: Person, phone: MqttPerson
) -> None:
    choose(ana, follow_up_after="PT30M", max_follow_ups=1)
    pass_by(daybeat, 240)
    prompt = phone.prompt()
    place = len(phone.heard)
    pass_by(daybeat, 29)
    assert phone.heard[place:] == []
    pass_by(daybeat, 1)
    again = phone.prompt(after=place)
    assert (again["prompt_id"], again["follow_up"]) == (prompt["prompt_id"], 1)
    place = len(phone.heard)
    pass_by(daybeat, 29)
    assert phone.heard[place:] == []
    pass_by(daybeat, 1)
    assert phone.on(PROMPT, after=place).payload == b""
    assert ana.get("/mood-prompts")["items"][0]["state"] == "expired"
    assert phone.reply("late", score=2, prompt_id=prompt["prompt_id"])["status"] == "stored"


def test_a_prompt_waits_for_a_device_that_comes_later(ana: Person) -> None:
    with device_of(ana) as phone:
        phone.listen(PROMPT)
        prompt_id = ana.post("/mood-prompts")["id"]
        assert phone.prompt()["prompt_id"] == prompt_id
        with device_of(ana, "tablet") as tablet:
            tablet.listen(PROMPT)
            assert tablet.prompt()["prompt_id"] == prompt_id
            assert tablet.heard[0].retained


def test_an_answer_on_the_page_clears_the_prompt_of_the_device(ana: Person, phone: MqttPerson) -> None:
    ana.post("/mood-prompts")
    phone.prompt()
    place = len(phone.heard)
    ana.post("/moods", {"score": 5})
    assert phone.on(PROMPT, after=place).payload == b""


def test_who_does_not_want_mqtt_is_not_asked_there(ana: Person, phone: MqttPerson) -> None:
    choose(ana, channels=["page"])
    ana.post("/mood-prompts")
    choose(ana, channels=["mqtt"])
    second = ana.post("/mood-prompts")["id"]
    assert phone.prompt()["prompt_id"] == second
    assert [each.said["prompt_id"] for each in phone.heard if each.payload] == [second]


def test_garbage_of_every_kind_gets_its_ack_and_stops_nobody(daybeat: Daybeat, ana: Person, phone: MqttPerson) -> None:
    other = newcomer(daybeat).post("/mood-prompts")["id"]
    corpus = {**garbage(other), "a megabyte": b"x" * 1_000_000}
    assert len(corpus) > 100
    for payload in corpus.values():
        phone.send("mood/reply", payload)
    assert phone.reply("good", score=5)["status"] == "stored"
    phone.wait_for(lambda _: len(phone.heard) > len(corpus), within=20)
    statuses = [each.said["status"] for each in phone.heard]
    assert sorted(statuses) == ["refused"] * len(corpus) + ["stored"]
    assert [mood["score"] for mood in ana.get("/moods")["items"]] == [5]
