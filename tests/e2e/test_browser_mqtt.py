"""A device and a browser of the same person: what one answers, the other shows at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from scripts.services.private import free_port
from tests.support.browser import Account, Visits
from tests.support.mosquitto import mosquitto_programs
from tests.support.mqtt_person import MqttPerson
from tests.support.process import DaybeatProcess

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def with_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaybeatProcess]:
    mosquitto_programs()
    folder: Path = tmp_path_factory.mktemp("mqtt") / "data"
    with DaybeatProcess(folder, own_broker=free_port()) as running:
        yield running


def test_a_reply_of_a_device_closes_the_question_in_an_open_browser(
    chromium: Browser, with_broker: DaybeatProcess
) -> None:
    ana = Account.new(with_broker)
    visits = Visits(chromium, with_broker)
    made = ana.ask("POST", "/mqtt/devices", json={"name": "phone"})
    with MqttPerson(made, ana.ask("GET", "/auth/me")["id"]) as phone:
        phone.listen("mood/prompt", "mood/ack")
        screen = visits.of(ana)
        question = screen.page.get_by_role("complementary", name="Question")
        ana.ask("POST", "/mood-prompts")
        expect(question).to_be_visible()
        prompt = phone.prompt()
        assert phone.reply("one", mood="happy", prompt_id=prompt["prompt_id"])["status"] == "stored"
        expect(question).to_have_count(0)
        expect(screen.page.locator("main").get_by_text("Good at").first).to_be_visible()
    visits.close()
