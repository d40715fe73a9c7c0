"""Messages that no broker keeps: they reach the user's own devices, over whatever connection there is at the time."""

import asyncio
from pathlib import Path

import pytest

from daybeat.contracts.topics import NOTIFICATION
from daybeat.infra.mqtt.address import BrokerAddress, parse_address
from daybeat.infra.mqtt.sending import Sending
from tests.support.channels import until
from tests.support.mosquitto import PrivateMosquitto
from tests.support.mqtt import daybeat_with_broker, device_of

pytestmark = pytest.mark.once


def test_a_users_device_hears_what_is_sent_to_it_and_nobody_elses_does(tmp_path: Path) -> None:
    with daybeat_with_broker(tmp_path / "data") as daybeat:
        ana, eve = daybeat.person("ana@example.org"), daybeat.person("eve@example.org")
        with device_of(ana) as phone, device_of(eve) as stranger:
            assert phone.listen(NOTIFICATION) == [True]
            assert stranger.subscribe(f"{phone.root}/{NOTIFICATION}") == [False]
            asyncio.run(_send_once(daybeat.app.state.mqtt.ours, f"{phone.root}/{NOTIFICATION}"))
            heard = phone.on(NOTIFICATION)
            assert (heard.said, heard.retained) == ({"title": "Read"}, False)
            assert not stranger.heard


async def _send_once(address: BrokerAddress, topic: str) -> None:
    sending = Sending()
    staying = asyncio.create_task(sending.stay(address))
    await until(lambda: sending.connected)
    await sending.publish(topic, b'{"title":"Read"}')
    staying.cancel()
    await asyncio.gather(staying, return_exceptions=True)


def test_a_broker_that_went_away_and_came_back_is_used_again(tmp_path: Path) -> None:
    with PrivateMosquitto(tmp_path / "broker", plugin=False, allow_anonymous="true") as broker:
        asyncio.run(_over_a_restart(broker))


async def _over_a_restart(broker: PrivateMosquitto) -> None:
    sending = Sending()
    with pytest.raises(ConnectionError):
        await sending.publish("daybeat/u/x/notification", b"{}")
    staying = asyncio.create_task(sending.stay(parse_address(broker.url)))
    await until(lambda: sending.connected)
    await sending.publish("daybeat/u/x/notification", b"{}")
    broker.kill()
    await until(lambda: not sending.connected)
    with pytest.raises(ConnectionError):
        await sending.publish("daybeat/u/x/notification", b"{}")
    await asyncio.to_thread(broker.start)
    await until(lambda: sending.connected)
    await sending.publish("daybeat/u/x/notification", b"{}")
    staying.cancel()
    await asyncio.gather(staying, return_exceptions=True)
