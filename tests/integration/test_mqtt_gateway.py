"""The gateway: acknowledged is what is committed, nothing stops it, and the broker's memory is put right."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from daybeat.bootstrap.core import Core
from daybeat.infra.db.store import StoreUnavailable
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.events.quarantine import set_aside_items
from daybeat.infra.mqtt import intake, retained
from tests.support.clock import SetClock
from tests.support.gateway import ANA, Door, anybody, cut_off, gateway_at, taken, until
from tests.support.mosquitto import PrivateMosquitto
from tests.support.mqtt_person import MqttPerson

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateMosquitto]:
    with PrivateMosquitto(tmp_path_factory.mktemp("broker"), plugin=False) as running:
        yield running


@pytest.fixture
def phone(broker: PrivateMosquitto) -> Iterator[MqttPerson]:
    with anybody(broker, "phone") as phone:
        phone.listen("mood/ack", "mood/prompt")
        phone.subscribe("daybeat/status")
        yield phone


class Gate:
    """A store that can be away: until it opens, units of work fail or wait."""

    def __init__(self, core: Core) -> None:
        self.on_hint = core.store.on_hint
        self.on_commit = core.store.on_commit
        self.read = core.store.read
        self._store = core.store
        self.failures = 0
        self.closed = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def write(self, work: Callable[[UnitOfWork], Any], origin: Origin | None = None) -> Any:
        if self.failures and origin is not None:
            self.failures -= 1
            raise StoreUnavailable
        result = await self._store.write(work, origin)
        await self.open.wait()
        return result


async def heard(phone: MqttPerson, word: str, **how: Any) -> dict[str, Any]:
    return await asyncio.to_thread(partial(phone.ack_of, word, **how))


async def test_words_are_stored_answered_and_acknowledged_once(
    core: Core, broker: PrivateMosquitto, phone: MqttPerson
) -> None:
    async with gateway_at(broker, core.store, [Door().route]) as gateway:
        phone.send("mood/reply", "one")
        assert (await heard(phone, "one"))["status"] == "stored"
        await asyncio.sleep(0.1)
        cut_off(gateway)
        await until(lambda: not gateway.connected)
        await until(lambda: gateway.connected)
        phone.send("mood/reply", "two")
        await heard(phone, "two")
    acks = [each.said["reply_id"] for each in phone.heard if each.topic.endswith("ack")]
    assert acks == ["one", "two"], "what was acknowledged does not come again"
    assert taken(core) == ["one", "two"]


async def test_what_was_not_answered_before_the_connection_broke_comes_again(
    core: Core, broker: PrivateMosquitto, phone: MqttPerson
) -> None:
    gate = Gate(core)
    async with gateway_at(broker, gate, [Door().route]) as gateway:
        gate.open.clear()
        phone.send("mood/reply", "one")
        await until(lambda: taken(core) == ["one"])
        cut_off(gateway)
        await until(lambda: not gateway.connected)
        gate.open.set()
        assert (await heard(phone, "one"))["status"] == "duplicate"
    assert taken(core) == ["one"]


async def test_a_gateway_that_comes_back_later_gets_what_was_sent_meanwhile(
    core: Core, broker: PrivateMosquitto, phone: MqttPerson
) -> None:
    async with gateway_at(broker, core.store, [Door().route]):
        phone.send("mood/reply", "before")
        await heard(phone, "before")
    for number in range(300):
        phone.send("mood/reply", f"between {number}")
    async with gateway_at(broker, core.store, [Door().route]):
        await heard(phone, "between 299")
    assert taken(core) == ["before", *(f"between {number}" for number in range(300))]


async def test_garbage_is_set_aside_and_stops_nobody(core: Core, broker: PrivateMosquitto, phone: MqttPerson) -> None:
    async with gateway_at(broker, core.store, [Door().route]):
        for payload in (b"\xff\xfe", b"\x00" * 100, "unwelcome", b"x" * 70_000, "fine"):
            phone.send("mood/reply", payload)
        assert (await heard(phone, "fine"))["status"] == "stored"
    acks = [each.said for each in phone.heard if each.topic.endswith("ack")]
    assert [ack["status"] for ack in acks] == ["refused", "stored", "refused", "refused", "stored"]
    assert acks[0]["reason"] == intake.OUR_FAULT
    assert acks[2]["reason"] == "This word is not taken."
    assert acks[3]["reason"] == intake.TOO_LARGE
    (item,) = core.store.read_now(set_aside_items)
    assert (item.reader, item.user_id) == ("mqtt:mood/reply", ANA)
    assert item.error.startswith("UnicodeDecodeError")


@pytest.mark.parametrize("tail", ["mood", "mood/reply/more", "habit/x/set", "mood/../reply", "x" * 200, "mood/prompt"])
async def test_messages_that_lead_to_no_door_are_dropped(
    core: Core, broker: PrivateMosquitto, phone: MqttPerson, tail: str
) -> None:
    async with gateway_at(broker, core.store, [Door().route]):
        phone.send(tail, "lost")
        for user in ("nobody", "{" + str(ANA) + "}", str(ANA).upper(), ANA.hex):
            phone.publish(f"daybeat/u/{user}/mood/reply", "lost")
        phone.send("mood/reply", "fine")
        await heard(phone, "fine")
    assert taken(core) == ["fine"]


async def test_while_the_store_is_away_messages_wait_in_their_order(
    core: Core, broker: PrivateMosquitto, phone: MqttPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(intake, "LONGEST_WAIT", 0.02)
    gate = Gate(core)
    async with gateway_at(broker, gate, [Door().route]):
        gate.failures = 25
        for number in range(40):
            phone.send("mood/reply", f"{number:02}")
        await heard(phone, "39")
    assert gate.failures == 0
    assert taken(core) == [f"{number:02}" for number in range(40)]
    assert core.store.read_now(set_aside_items) == []


async def test_a_message_that_always_breaks_the_database_does_not_hold_up_the_others(
    core: Core, broker: PrivateMosquitto, phone: MqttPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(intake, "LONGEST_WAIT", 0.02)

    def stumble(word: str) -> None:
        if word == "poison":
            raise OperationalError("INSERT", {}, Exception("no"))

    async with gateway_at(broker, core.store, [Door(stumble).route]):
        for word in ("one", "poison", "two"):
            phone.send("mood/reply", word)
        assert (await heard(phone, "two"))["status"] == "stored"
        assert (await heard(phone, "poison"))["status"] == "refused"
    assert taken(core) == ["one", "two"]
    assert len(core.store.read_now(set_aside_items)) == 1


@pytest.mark.parametrize("version", [5, 3])
async def test_what_a_device_retains_is_refused_and_cleared(core: Core, broker: PrivateMosquitto, version: int) -> None:
    with anybody(broker, "careless", version=version) as careless:
        careless.listen("mood/ack")
        careless.send("mood/reply", "left before", retain=True)
        async with gateway_at(broker, core.store, [Door().route]):
            assert (await heard(careless, "left before"))["reason"] == intake.NOT_RETAINED
            careless.send("mood/reply", "left now", retain=True)
            assert (await heard(careless, "left now"))["reason"] == intake.NOT_RETAINED
        await asyncio.sleep(0.1)
        later = anybody(broker, "later")
        with later:
            later.listen("mood/reply")
            await asyncio.sleep(0.2)
            assert later.heard == []
    assert taken(core) == []


def wanted(core: Core, payload: bytes) -> None:
    def work(uow: UnitOfWork) -> None:
        retained.begin_listening(uow, ANA)
        retained.want(uow, ANA, "mood/prompt", payload)

    core.store.write_now(work)


def waiting(core: Core) -> int:
    return len(core.store.read_now(lambda connection: retained.waiting(connection, 100)))


async def test_what_is_wanted_is_kept_by_the_broker_until_it_is_cleared(
    core: Core, broker: PrivateMosquitto, phone: MqttPerson
) -> None:
    wanted(core, b"first")
    async with gateway_at(broker, core.store, [Door().route]):
        await asyncio.to_thread(phone.on, "mood/prompt")
        wanted(core, b"second")
        await until(lambda: not waiting(core))
        with anybody(broker, "later") as later:
            later.listen("mood/prompt")
            kept = await asyncio.to_thread(later.on, "mood/prompt")
            assert (kept.payload, kept.retained) == (b"second", True)
        wanted(core, b"")
        await until(lambda: not waiting(core))
        with anybody(broker, "too late") as too_late:
            too_late.listen("mood/prompt")
            await asyncio.sleep(0.2)
            assert too_late.heard == []


async def test_a_broker_without_its_memory_is_told_everything_again(core: Core, broker: PrivateMosquitto) -> None:
    wanted(core, b"still open")
    async with gateway_at(broker, core.store, [Door().route]) as gateway:
        await until(lambda: not waiting(core))
        clock = core.clock
        assert isinstance(clock, SetClock)
        clock.forward(hours=5)
        broker.kill()
        await until(lambda: not gateway.connected)
        broker.forget()
        broker.start()
        await until(lambda: gateway.connected)
        with anybody(broker, "phone") as phone:
            phone.listen("mood/prompt", "mood/ack")
            assert (await asyncio.to_thread(phone.on, "mood/prompt")).payload == b"still open"
            phone.send("mood/reply", "one")
            await heard(phone, "one")


async def test_a_broker_with_an_older_memory_forgets_what_was_cleared(core: Core, broker: PrivateMosquitto) -> None:
    wanted(core, b"open")
    async with gateway_at(broker, core.store, [Door().route]) as gateway:
        await until(lambda: not waiting(core))
        broker.stop()  # writes its memory down
        await until(lambda: not gateway.connected)
        older = (broker.folder / "memory.db").read_bytes()
        broker.start()
        await until(lambda: gateway.connected)
        wanted(core, b"")
        await until(lambda: not waiting(core))
        broker.kill()
        await until(lambda: not gateway.connected)
        (broker.folder / "memory.db").write_bytes(older)
        broker.start()
        await until(lambda: gateway.connected and not waiting(core))
        with anybody(broker, "phone") as phone:
            phone.listen("mood/prompt")
            await asyncio.sleep(0.3)
            assert [each for each in phone.heard if each.payload] == []


async def test_rows_of_cleared_topics_go_after_a_day(core: Core) -> None:
    wanted(core, b"open")
    wanted(core, b"")
    rows = core.store.read_now(lambda connection: retained.waiting(connection, 10))
    core.store.write_now(partial(retained.published, rows=rows))
    count = select(retained.mqtt_retained)
    for hours, left in ((23, 1), (2, 0)):
        clock = core.clock
        assert isinstance(clock, SetClock)
        clock.forward(seconds=timedelta(hours=hours).total_seconds())
        core.store.write_now(retained.forget_cleared)
        assert len(core.store.read_now(lambda connection: connection.execute(count).all())) == left


async def test_everybody_sees_whether_daybeat_is_there(core: Core, broker: PrivateMosquitto, phone: MqttPerson) -> None:
    def seen() -> list[bytes]:
        return [each.payload for each in phone.heard if each.topic == "daybeat/status"]

    async with gateway_at(broker, core.store, [Door().route]) as gateway:
        await until(lambda: seen() == [b"online"])
        cut_off(gateway)
        await until(lambda: seen() == [b"online", b"offline", b"online"])
    await until(lambda: seen()[-1] == b"offline")


async def test_a_gateway_waits_for_a_broker_that_is_not_there_yet(core: Core, broker: PrivateMosquitto) -> None:
    broker.stop()
    starting = asyncio.create_task(asyncio.to_thread(broker.start))
    async with gateway_at(broker, core.store, [Door().route]):
        await starting


async def test_users_do_not_hold_up_one_another(core: Core, broker: PrivateMosquitto, phone: MqttPerson) -> None:
    with anybody(broker, "tablet", UUID(int=7)) as tablet:
        tablet.listen("mood/ack")
        async with gateway_at(broker, core.store, [Door().route]):
            for number in range(50):
                phone.send("mood/reply", f"a{number}")
                tablet.send("mood/reply", f"b{number}")
            await heard(phone, "a49")
            await heard(tablet, "b49")
    words = taken(core)
    assert [word for word in words if word[0] == "a"] == [f"a{number}" for number in range(50)]
    assert [word for word in words if word[0] == "b"] == [f"b{number}" for number in range(50)]
