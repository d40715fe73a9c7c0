"""The event log and its readers: each fact once, in order, and no fact stops the next."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, delete, insert, select, text

from daybeat.bootstrap.core import Core
from daybeat.bootstrap.rebuild import rebuild
from daybeat.contracts.accounts import PasswordChanged, ProfileChanged
from daybeat.contracts.event import Event
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.delivery import deliver_batch, start_over, subscriber_offset
from daybeat.infra.events.handling import handle, inbox
from daybeat.infra.events.log import event_log
from daybeat.infra.events.quarantine import set_aside, set_aside_items
from daybeat.infra.events.retry import retry
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.modules.accounts.models import invites
from daybeat.modules.insights.models import lived_days
from tests.support.database import caught_up, contents
from tests.support.daybeat import PASSWORD, Daybeat, Person
from tests.support.days import newcomer

ANA, BEA = UUID(int=1), UUID(int=2)


def keeps_nothing(_connection: Connection) -> None:
    return


class Reader:
    """A subscriber that writes down what it hears, and stumbles over chosen words."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.stumbles_over: set[str] = set()
        self.subscriber = Subscriber("test.reader", forget=keeps_nothing)
        self.subscriber.on(ProfileChanged)(self.hear)

    def hear(self, event: ProfileChanged, uow: UnitOfWork) -> None:
        (word,) = event.fields
        uow.connection.execute(insert(invites).values(code_hash=word.encode(), expires_at=uow.now))
        if word in self.stumbles_over:
            uow.record(PasswordChanged(user_id=event.user_id))
            raise ValueError(word)

    @property
    def heard(self) -> list[str]:
        """What stands written, in the order of writing: a note in memory would survive a rollback."""
        query = select(invites.c.code_hash).order_by(text("rowid"))
        words = self._core.store.read_now(lambda connection: connection.execute(query).scalars().all())
        return [word.decode() for word in words]


@pytest.fixture
def reader(core: Core) -> Reader:
    return Reader(core)


def happen(core: Core, *words: str, user: UUID = ANA) -> None:
    def record(uow: UnitOfWork) -> None:
        for word in words:
            uow.record(ProfileChanged(user_id=user, fields=(word,)))

    core.store.write_now(record)


def deliver(core: Core, reader: Reader) -> int:
    return core.store.write_now(partial(deliver_batch, reader.subscriber))


def numbers(core: Core, user: UUID) -> list[int]:
    query = select(event_log.c.user_seq).where(event_log.c.user_id == user).order_by(event_log.c.seq)
    return core.store.read_now(lambda connection: list(connection.execute(query).scalars()))


@pytest.mark.embedded
def test_facts_are_heard_in_the_order_they_happened(core: Core, reader: Reader) -> None:
    happen(core, "one", "two")
    happen(core, "three")
    assert deliver(core, reader) == 3
    assert reader.heard == ["one", "two", "three"]
    assert deliver(core, reader) == 0


def test_each_users_facts_are_numbered_without_a_gap(core: Core) -> None:
    for _ in range(3):
        happen(core, "a", "b", user=ANA)
        happen(core, "c", user=BEA)
    assert numbers(core, ANA) == [1, 2, 3, 4, 5, 6]
    assert numbers(core, BEA) == [1, 2, 3]


def test_a_unit_that_fails_leaves_no_fact_and_no_gap(core: Core) -> None:
    def record_and_fail(uow: UnitOfWork) -> None:
        uow.record(ProfileChanged(user_id=ANA, fields=("never",)))
        raise LookupError

    happen(core, "before")
    with pytest.raises(LookupError):
        core.store.write_now(record_and_fail)
    happen(core, "after")
    assert numbers(core, ANA) == [1, 2]


@pytest.mark.embedded
def test_a_fact_that_cannot_be_handled_waits_in_quarantine_and_the_next_is_handled(core: Core, reader: Reader) -> None:
    reader.stumbles_over = {"two"}
    happen(core, "one", "two", "three")
    deliver(core, reader)
    assert reader.heard == ["one", "three"]
    (item,) = core.store.read_now(set_aside_items)
    assert item.reader == "test.reader"
    assert item.error == "ValueError: two"


@pytest.mark.embedded
def test_a_handler_that_failed_leaves_nothing_behind(core: Core, reader: Reader) -> None:
    reader.stumbles_over = {"two"}
    happen(core, "one", "two", "three")
    deliver(core, reader)
    assert reader.heard == ["one", "three"]
    kinds = core.store.read_now(lambda c: set(c.execute(select(event_log.c.type)).scalars()))
    assert kinds == {ProfileChanged.name}


@pytest.mark.embedded
def test_what_was_set_aside_can_be_tried_again(core: Core, reader: Reader) -> None:
    reader.stumbles_over = {"one"}
    happen(core, "one")
    deliver(core, reader)
    (item,) = core.store.read_now(set_aside_items)
    with pytest.raises(ValueError, match="one"):
        core.store.write_now(partial(retry, item.id, [reader.subscriber], {}))
    assert core.store.read_now(set_aside_items) != []
    reader.stumbles_over = set()
    core.store.write_now(partial(retry, item.id, [reader.subscriber], {}))
    assert reader.heard == ["one"]
    assert core.store.read_now(set_aside_items) == []


@pytest.mark.embedded
def test_a_fact_that_is_delivered_twice_has_one_effect(core: Core, reader: Reader) -> None:
    happen(core, "one")
    deliver(core, reader)
    # A restored backup or a second relay may start from an older position; the inbox remembers.
    core.store.write_now(lambda uow: uow.connection.execute(delete(subscriber_offset)) and None)
    assert deliver(core, reader) == 1
    assert reader.heard == ["one"]


@pytest.mark.embedded
def test_what_comes_again_among_new_facts_is_passed_over_and_the_new_are_handled_together(core: Core) -> None:
    heard, ends = list[str](), list[int]()
    subscriber = Subscriber("test.gatherer", forget=lambda _connection: None)

    @subscriber.on(ProfileChanged)
    def hear(event: ProfileChanged, uow: UnitOfWork) -> None:
        heard.extend(event.fields)
        uow.once("end", lambda: ends.append(len(heard)))

    happen(core, "one", "two")
    core.store.write_now(partial(handle, subscriber, facts_of(core)))
    happen(core, "three", "four", "five")
    core.store.write_now(partial(handle, subscriber, facts_of(core)))
    assert heard[-3:] == ["three", "four", "five"]
    assert len(ends) == 2, "what is put off to the end is done once for all that is new"


def facts_of(core: Core) -> list[Any]:
    return core.store.read_now(lambda connection: list(connection.execute(select(event_log).order_by(event_log.c.seq))))


@pytest.mark.embedded
def test_starting_over_hears_everything_again(core: Core, reader: Reader) -> None:
    happen(core, "one")
    deliver(core, reader)

    def forget(uow: UnitOfWork) -> None:
        start_over(reader.subscriber, uow)
        uow.connection.execute(delete(invites))

    core.store.write_now(forget)
    assert reader.heard == []
    deliver(core, reader)
    assert reader.heard == ["one"]


@pytest.mark.embedded
def test_more_facts_than_a_batch_are_all_heard(core: Core, reader: Reader) -> None:
    words = [str(number) for number in range(450)]
    happen(core, *words)
    assert [deliver(core, reader) for _ in range(4)] == [200, 200, 50, 0]
    assert reader.heard == words


@pytest.mark.embedded
def test_facts_nobody_asked_for_move_the_position_only(core: Core, reader: Reader) -> None:
    core.store.write_now(lambda uow: uow.record(PasswordChanged(user_id=ANA)))
    assert deliver(core, reader) == 1
    assert core.store.read_now(lambda c: c.execute(select(inbox)).all()) == []


def every_kind() -> Iterator[type[Event]]:
    return iter({kind for kind in Event.known.values() if kind.__module__.startswith("daybeat.")})


def test_every_kind_of_fact_has_a_name_in_three_parts() -> None:
    names = [kind.name for kind in every_kind()]
    assert len(names) >= 15
    assert all(len(name.split(".")) == 3 for name in names)


def test_rebuilding_from_the_log_gives_what_the_live_reader_has(house: Daybeat, ana: Person) -> None:
    habit, other = ana.habit(start="2026-01-01"), ana.habit(start="2026-01-01", target=10)
    for day in range(1, 29):
        ana.says(habit, f"2026-02-{day:02}", "skip" if day % 5 == 0 else "done")
        ana.says(other, f"2026-02-{day:02}", amount=day)
    ana.delete(f"/habits/{habit}/check-ins/2026-02-03")
    ana.says(other, "2026-02-04", "no")
    gone = ana.habit()
    ana.says(gone, "2026-03-02")
    ana.delete(f"/habits/{gone}")
    live = contents(house)[lived_days.name]
    assert len(live) >= 55
    rebuild(house.core, "insights.lived_days", lambda _done, _total: None)
    assert contents(house)[lived_days.name] == live


def test_facts_say_where_they_came_from(house: Daybeat) -> None:
    ana = newcomer(house)
    request = {"X-Request-ID": "tap-1", "X-Daybeat-Client": "web", "User-Agent": "Mozilla Android Mobi"}
    habit = ana.post("/habits", {"name": "Read", "schedule": {"kind": "daily"}}, headers=request)["id"]
    caught_up(house)
    query = select(event_log).where(event_log.c.user_id == UUID(ana.id)).order_by(event_log.c.seq.desc()).limit(1)
    fact = house.core.store.read_now(lambda connection: connection.execute(query).one())
    assert (fact.source, fact.device, fact.correlation_id) == ("web", "phone", "tap-1")
    assert fact.data["habit_id"] == habit


def test_what_waits_in_quarantine_goes_with_its_account(daybeat: Daybeat) -> None:
    ana = daybeat.person()
    error = ValueError("of hers")
    keep = partial(set_aside, reader="x", reference="y", content={"note": "private"}, error=error, user_id=UUID(ana.id))
    daybeat.core.store.write_now(keep)
    ana.ask("DELETE", "/auth/me", json={"password": PASSWORD})
    assert daybeat.core.store.read_now(set_aside_items) == []
