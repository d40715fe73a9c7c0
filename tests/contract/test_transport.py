"""What both transports promise: each fact and message once, in order, and none that stops the next."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import OperationalError

from daybeat.infra.amqp.consuming import Reading
from daybeat.infra.amqp.envelope import NotAnEnvelope
from daybeat.infra.amqp.topology import queue_of
from daybeat.infra.db.store import OutcomeUnknown
from daybeat.infra.events.quarantine import set_aside_items
from daybeat.infra.events.retry import retry
from tests.support.transport import QUEUE, OverRabbitMQ, Transport, embedded, over_rabbitmq, send, tell

ANA, BEA = UUID(int=1), UUID(int=2)
AWAY = OperationalError("INSERT", {}, Exception("the server is gone"))


@pytest.fixture(params=["embedded", "rabbitmq"])
def transport(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Transport]:
    opened = embedded(tmp_path / "data") if request.param == "embedded" else over_rabbitmq(tmp_path / "data")
    with opened as made:
        yield made


@pytest.fixture
def rabbitmq(tmp_path: Path) -> Iterator[OverRabbitMQ]:
    with over_rabbitmq(tmp_path / "data") as made:
        yield made


def set_aside(transport: Transport) -> list[str]:
    return [str(item.error) for item in transport.core.store.read_now(set_aside_items)]


def test_facts_are_heard_in_the_order_they_happened(transport: Transport) -> None:
    tell(transport.core, "one", "two", user=ANA)
    tell(transport.core, "three", user=ANA)
    transport.deliver()
    tell(transport.core, "four", user=ANA)
    transport.deliver()
    assert transport.listener.heard == ["one", "two", "three", "four"]


def test_more_facts_than_a_batch_are_all_heard(transport: Transport) -> None:
    words = [str(number) for number in range(450)]
    tell(transport.core, *words, user=ANA)
    transport.deliver()
    assert transport.listener.heard == words


def test_a_fact_that_cannot_be_handled_is_set_aside_and_the_next_is_heard(transport: Transport) -> None:
    transport.listener.stumbles_over = {"two": [ValueError("two")]}
    tell(transport.core, "one", "two", "three", user=ANA)
    transport.deliver()
    assert transport.listener.heard == ["one", "three"]
    assert set_aside(transport) == ["ValueError: two"]


def test_a_database_that_is_away_is_no_fault_of_the_fact(transport: Transport) -> None:
    transport.listener.stumbles_over = {"two": [AWAY, AWAY, ValueError("only once")]}
    tell(transport.core, "one", "two", "three", user=ANA)
    transport.deliver()
    assert transport.listener.heard == ["one", "three"]
    assert set_aside(transport) == ["ValueError: only once"]


def test_a_fact_that_is_delivered_twice_has_one_effect(transport: Transport) -> None:
    tell(transport.core, "one", "two", user=ANA)
    transport.deliver()
    transport.deliver_again()
    assert transport.listener.heard == ["one", "two"]


def test_messages_are_heard_once_and_in_order(transport: Transport) -> None:
    send(transport.core, "one", "two")
    send(transport.core, "three")
    transport.deliver()
    transport.deliver()
    assert transport.listener.heard == ["one", "two", "three"]


def test_a_message_that_is_refused_costs_only_itself(transport: Transport) -> None:
    transport.listener.stumbles_over = {"two": [ValueError("no")]}
    send(transport.core, "one", "two", "three")
    transport.deliver()
    assert transport.listener.heard == ["one", "three"]
    assert set_aside(transport) == ["ValueError: no"]


def test_garbage_on_a_subscribers_queue_is_set_aside_once(rabbitmq: OverRabbitMQ) -> None:
    tell(rabbitmq.core, "one", user=ANA)
    rabbitmq.relay_only()
    for _ in range(2):
        rabbitmq.publish(b"\x00\xff", queue_of(rabbitmq.listener.subscriber), "the same")
    tell(rabbitmq.core, "two", user=BEA)
    rabbitmq.deliver()
    assert rabbitmq.listener.heard == ["one", "two"]
    (item,) = rabbitmq.core.store.read_now(set_aside_items)
    with pytest.raises(NotAnEnvelope):
        rabbitmq.core.store.write_now(partial(retry, item.id, [rabbitmq.listener.subscriber], {}))
    assert len(set_aside(rabbitmq)) == 1, "it stays garbage"


def without_ack(reading: Reading) -> Reading:
    """Handle, commit, and end before the acknowledgement."""

    async def handle_and_die(batch: Any) -> None:
        await reading.handle(batch)
        raise SystemExit

    return replace(reading, handle=handle_and_die)


@pytest.mark.parametrize("message_id", ["an id", None], ids=["with an id", "without an id"])
def test_a_consumer_that_ends_between_commit_and_acknowledgement_hears_nothing_twice(
    rabbitmq: OverRabbitMQ, message_id: str | None
) -> None:
    send(rabbitmq.core, "ours")
    rabbitmq.relay_only()
    for number in range(3):
        rabbitmq.publish(f"theirs {number}".encode(), QUEUE, message_id and f"{message_id} {number}")
    with pytest.raises(SystemExit):
        rabbitmq.consume_until(lambda: False, without_ack)
    first = rabbitmq.listener.heard
    assert first, "what was handled is committed"
    rabbitmq.deliver()
    assert sorted(rabbitmq.listener.heard) == ["ours", "theirs 0", "theirs 1", "theirs 2"]


def test_a_batch_whose_commit_was_not_answered_is_heard_once(
    rabbitmq: OverRabbitMQ, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, answers = rabbitmq.core.store.write, list[str]()

    async def write_and_lose_the_first_answer(work: Any) -> Any:
        done = await write(work)
        if "theirs 0" in rabbitmq.listener.heard:
            answers.append("an answer")
        if len(answers) == 1:
            raise OutcomeUnknown
        return done

    monkeypatch.setattr(rabbitmq.core.store, "write", write_and_lose_the_first_answer)
    send(rabbitmq.core, "ours")
    rabbitmq.relay_only()
    for number in range(3):
        rabbitmq.publish(f"theirs {number}".encode(), QUEUE)
    rabbitmq.consume_until(lambda: len(answers) > 1, lambda reading: reading)
    rabbitmq.deliver()
    assert rabbitmq.listener.heard == ["ours", "theirs 0", "theirs 1", "theirs 2"]


def test_two_that_say_the_same_without_an_id_are_two(rabbitmq: OverRabbitMQ) -> None:
    send(rabbitmq.core, "ours")
    rabbitmq.relay_only()
    for _ in range(2):
        rabbitmq.publish(b"again", QUEUE)
    rabbitmq.deliver()
    assert sorted(rabbitmq.listener.heard) == ["again", "again", "ours"]
