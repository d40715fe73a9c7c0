"""The store: units share a commit but not a fate, and nothing is answered that is not committed."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, TypeVar

import httpx2
import pytest
from sqlalchemy import Connection, func, insert, select, text

from daybeat.bootstrap.app import build_app
from daybeat.bootstrap.core import Core
from daybeat.infra.db.embedded import EmbeddedStore
from daybeat.infra.db.store import Store, StoreUnavailable
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.accounts.models import invites
from daybeat.modules.habits import handlers
from daybeat.modules.habits.models import tallies
from tests.support.daybeat import FEWEST_ROUNDS, PASSWORD

pytestmark = pytest.mark.embedded

T = TypeVar("T")


class Refused(Exception):
    """What a unit of work raised."""


def within_seconds(work: Coroutine[Any, Any, T]) -> T:
    """Run something that must not wait for ever, even when the store is broken."""
    return asyncio.run(asyncio.wait_for(work, 5))


def adding(code: bytes) -> Callable[[UnitOfWork], bytes]:
    def add(uow: UnitOfWork) -> bytes:
        uow.connection.execute(insert(invites).values(code_hash=code, expires_at=uow.now))
        return code

    return add


def refusing(code: bytes) -> Callable[[UnitOfWork], bytes]:
    def add_and_refuse(uow: UnitOfWork) -> bytes:
        adding(code)(uow)
        raise Refused

    return add_and_refuse


def breaking_the_commit(uow: UnitOfWork) -> None:
    """Leave a reference to nothing, which SQLite notices only at the commit."""
    uow.connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    values = {"habit_id": new_id(), "through": uow.now.date(), "strength": 0.0}
    counts = dict.fromkeys(("streak", "best", "successes", "due", "total", "due_days", "met_days"), 0)
    uow.connection.execute(insert(tallies).values(**values, **counts))


def stored(connection: Connection) -> set[bytes]:
    return set(connection.execute(select(invites.c.code_hash)).scalars())


class HeldWriter:
    """Keeps the writer busy with one unit, so that what is asked meanwhile waits for the same commit."""

    def __init__(self, store: Store) -> None:
        assert isinstance(store, EmbeddedStore)
        self.store, self._go, self._held = store, threading.Event(), threading.Event()

    def __enter__(self) -> Self:
        self.store._submit(self._hold, None)
        assert self._held.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go()

    def let_go(self) -> None:
        self._go.set()

    def _hold(self, _uow: UnitOfWork) -> None:
        self._held.set()
        assert self._go.wait(5)


def test_a_failing_unit_takes_back_only_itself(core: Core) -> None:
    async def together() -> list[Any]:
        with HeldWriter(core.store) as held:
            units = [adding(b"a"), refusing(b"b"), adding(b"c")]
            waiting = [asyncio.ensure_future(core.store.write(unit)) for unit in units]
            await asyncio.sleep(0)
            held.let_go()
            return await asyncio.gather(*waiting, return_exceptions=True)

    first, second, third = within_seconds(together())
    assert (first, third) == (b"a", b"c")
    assert isinstance(second, Refused)
    assert core.store.read_now(stored) == {b"a", b"c"}


def test_a_wait_that_was_given_up_changes_nothing(core: Core) -> None:
    async def give_up() -> bytes:
        with HeldWriter(core.store) as held:
            given_up = asyncio.ensure_future(core.store.write(adding(b"given up")))
            await asyncio.sleep(0)
            given_up.cancel()
            await asyncio.gather(given_up, return_exceptions=True)
            held.let_go()
            return await core.store.write(adding(b"next"))

    assert within_seconds(give_up()) == b"next"
    assert core.store.read_now(stored) == {b"next"}


def test_a_commit_that_fails_is_told_to_everybody_who_shared_it(core: Core) -> None:
    async def together() -> list[Any]:
        with HeldWriter(core.store) as held:
            waiting = [asyncio.ensure_future(core.store.write(u)) for u in (adding(b"a"), breaking_the_commit)]
            await asyncio.sleep(0)
            held.let_go()
            return await asyncio.gather(*waiting, return_exceptions=True)

    answers = within_seconds(together())
    assert [type(answer) for answer in answers] == [StoreUnavailable, StoreUnavailable]
    assert core.store.read_now(stored) == set()


def test_the_store_goes_on_after_a_commit_that_failed(core: Core) -> None:
    with pytest.raises(StoreUnavailable):
        within_seconds(core.store.write(breaking_the_commit))
    assert within_seconds(core.store.write(adding(b"after"))) == b"after"
    assert core.store.read_now(stored) == {b"after"}


def test_the_store_goes_on_after_a_listener_that_failed(core: Core) -> None:
    def fail(_facts: object) -> None:
        raise RuntimeError("the loop is closed")

    core.store.on_commit(fail)
    assert within_seconds(core.store.write(adding(b"a"))) == b"a"
    assert within_seconds(core.store.write(adding(b"b"))) == b"b"


def test_a_request_whose_commit_fails_gets_503_and_may_be_repeated(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    create = handlers.create_habit

    def create_badly(command: Any, *, uow: UnitOfWork) -> Any:
        breaking_the_commit(uow)
        return create(command, uow=uow)

    async def ask() -> tuple[httpx2.Response, httpx2.Response, httpx2.Response]:
        transport = httpx2.ASGITransport(app=build_app(core, password_rounds=FEWEST_ROUNDS))
        async with httpx2.AsyncClient(transport=transport, base_url="http://testserver/api/v1") as client:
            account = {"email": "ana@example.org", "password": PASSWORD, "name": "Ana"}
            token = (await client.post("/auth/register", json=account)).json()["access_token"]
            client.headers.update({"Authorization": f"Bearer {token}", "Idempotency-Key": "once"})
            habit = {"name": "Read", "schedule": {"kind": "daily"}}
            monkeypatch.setattr(handlers, "create_habit", create_badly)
            failed = await client.post("/habits", json=habit)
            monkeypatch.undo()
            return failed, await client.post("/habits", json=habit), await client.get("/habits")

    failed, repeated, listed = within_seconds(ask())
    assert failed.status_code == 503
    assert failed.headers["retry-after"] == "1"
    assert failed.headers["content-type"] == "application/problem+json"
    assert repeated.status_code == 201
    assert len(listed.json()["items"]) == 1


def test_a_read_sees_one_moment_whatever_is_written_meanwhile(core: Core) -> None:
    count = select(func.count()).select_from(invites)

    def look_twice(connection: Connection) -> tuple[int, int]:
        before = connection.execute(count).scalar_one()
        core.store.write_now(adding(b"meanwhile"))
        return before, connection.execute(count).scalar_one()

    assert core.store.read_now(look_twice) == (0, 0)
    assert core.store.read_now(stored) == {b"meanwhile"}


def test_what_was_answered_can_be_read_at_once_by_anybody(core: Core) -> None:
    def write_then_look(number: int) -> bool:
        code = number.to_bytes(4)
        core.store.write_now(adding(code))
        return code in core.store.read_now(stored)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(write_then_look, range(200)))


def test_what_was_accepted_before_closing_is_finished(core: Core) -> None:
    with HeldWriter(core.store) as held:
        futures = [held.store._submit(adding(bytes([n])), None) for n in range(10)]
        closing = threading.Thread(target=core.store.close)
        closing.start()
        held.let_go()
        closing.join(5)
    assert [future.result(0) for future in futures] == [bytes([n]) for n in range(10)]


def hinting(work: Callable[[UnitOfWork], bytes]) -> Callable[[UnitOfWork], bytes]:
    def work_and_hint(uow: UnitOfWork) -> bytes:
        uow.hint("codes")
        return work(uow)

    return work_and_hint


def test_a_hint_wakes_after_the_commit_and_never_for_what_was_taken_back(core: Core) -> None:
    seen: list[set[bytes]] = []
    core.store.on_hint("codes", lambda: seen.append(core.store.read_now(stored)))
    core.store.write_now(lambda uow: uow.hint("other"))
    with pytest.raises(Refused):
        core.store.write_now(hinting(refusing(b"never")))
    assert seen == []
    core.store.write_now(hinting(adding(b"a")))
    assert seen == [{b"a"}]
