"""The Operations page's figures: everything that was accepted is somewhere, what is set aside can be mended."""

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select

from daybeat.bootstrap.operations.facts import Counts, judge
from daybeat.bootstrap.operations.tap_to_live import quantile
from daybeat.contracts.habits import CheckInRecorded
from daybeat.infra.amqp.depths import depths_of
from daybeat.infra.db.processes import presence_row, write_presence
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.handling import inbox
from daybeat.infra.events.quarantine import set_aside
from daybeat.infra.jobs.table import enqueue
from daybeat.infra.queues.table import put
from daybeat.modules.insights.lived import lived
from daybeat.modules.insights.models import lived_days
from scripts.services.private import free_port
from tests.integration.test_live import listening
from tests.support.daybeat import NOON, PASSWORD, Daybeat, Person
from tests.support.days import sign_in_again

NOTHING = UUID(int=0)
"""An id that nothing has."""

NOTE = "ten pages, and nobody should read this"
READER = "insights.lived_days"


@pytest.fixture
def admin(house: Daybeat) -> Person:
    """The first account of the shared Daybeat."""
    body = {"email": "admin@example.org", "password": PASSWORD}
    signed_in = house.client.post("/api/v1/auth/login", json=body)
    return Person(house.client, body["email"], signed_in.json())


@pytest.fixture
def stumbling(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Let the reader of lived days fail at check-ins; calling it mends the reader."""
    mended = lived.handlers[CheckInRecorded]

    def stumble(_event: CheckInRecorded, _uow: UnitOfWork) -> None:
        raise ValueError(f"no such day\nit said {NOTE!r}")

    monkeypatch.setitem(lived.handlers, CheckInRecorded, stumble)
    yield lambda: lived.handlers.__setitem__(CheckInRecorded, mended)
    lived.handlers[CheckInRecorded] = mended


def days_lived(house: Daybeat) -> int:
    """Count what the reader has kept."""
    query = select(func.count()).select_from(lived_days)
    return house.core.store.read_now(lambda connection: connection.execute(query).scalar_one())


def look(house: Daybeat, admin: Person) -> Any:
    """Ask, and take no answer that was kept for others."""
    house.app.state.lookout.forget()
    return admin.get("/operations")


def settled(house: Daybeat, admin: Person) -> Any:
    """Wait until nothing is on its way any more."""
    deadline = time.monotonic() + 20
    while True:
        seen = look(house, admin)
        if not any(each["pending"] or each["difference"] for each in seen["readers"]):
            return seen
        assert time.monotonic() < deadline, seen["readers"]
        time.sleep(0.05)


def reader(seen: Any, name: str = READER) -> Any:
    return next(each for each in seen["readers"] if each["name"] == name)


def items(admin: Person, **params: Any) -> list[Any]:
    return list(admin.get("/operations/quarantine", **params)["items"])


def adds_up(each: Any) -> bool:
    parts = ("stored", "set_aside", "dropped", "pending", "difference")
    return bool(each["accepted"] == sum(each[part] for part in parts)) and each["balance"] == "even"


def clear(admin: Person) -> None:
    for item in items(admin):
        admin.delete(f"/operations/quarantine/{item['id']}")


def test_everything_that_was_accepted_has_arrived(house: Daybeat, admin: Person, ana: Person) -> None:
    before = reader(settled(house, admin))
    habit = ana.habit()
    for _ in range(3):
        ana.post(f"/habits/{habit}/check-ins", {})
    seen = settled(house, admin)
    after = reader(seen)
    assert (after["accepted"], after["stored"]) == (before["accepted"] + 3, before["stored"] + 3)
    assert all(adds_up(each) for each in seen["readers"] if each["kind"] == "facts")
    assert seen["counted"]["whole_day"]


def test_how_it_runs(house: Daybeat, admin: Person) -> None:
    seen = settled(house, admin)
    embedded = house.core.settings.is_embedded
    assert seen["mode"] == ("one process" if embedded else "separate services")
    (process,) = seen["processes"]
    assert (process["role"], process["state"]) == ("serve", "running")
    assert seen["database"]["kind"] == ("sqlite" if embedded else "postgresql")
    assert (seen["outbox"] is None, seen["rabbitmq"] is None, seen["redis"] is None) == (embedded,) * 3
    assert seen["mqtt"] == {"state": "off", "connected": False}
    assert seen["jobs"]["waiting"] == 0


def test_what_is_older_than_a_day_is_not_counted(daybeat: Daybeat) -> None:
    ana = daybeat.person()
    ana.says(ana.habit(), "2026-03-02")
    assert reader(settled(daybeat, ana))["accepted"] == 1
    daybeat.clock.forward(hours=25)
    sign_in_again(daybeat, ana)
    assert reader(settled(daybeat, ana))["accepted"] == 0
    ana.says(ana.habit(), "2026-03-03")
    assert reader(settled(daybeat, ana))["accepted"] == 1


def test_many_who_look_share_an_answer(house: Daybeat, admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daybeat.bootstrap.operations.lookout.SHOWN_FOR", 60.0)
    first = look(house, admin)
    house.clock.forward(seconds=5)
    assert admin.get("/operations") == first
    assert look(house, admin)["at"] != first["at"]


@pytest.mark.usefixtures("stumbling")
def test_what_cannot_be_handled_is_set_aside_and_still_adds_up(house: Daybeat, admin: Person, ana: Person) -> None:
    ana.says(ana.habit(), "2026-03-02", note=NOTE)
    each = reader(settled(house, admin))
    assert each["set_aside"] == 1
    assert adds_up(each)
    clear(admin)


def test_the_list_shows_what_it_is_and_only_the_detail_what_is_in_it(
    house: Daybeat, admin: Person, ana: Person, stumbling: Callable[[], None]
) -> None:
    habit = ana.habit()
    ana.says(habit, "2026-03-02", note=NOTE)
    settled(house, admin)
    (item,) = items(admin)
    assert (item["reader"], item["type"], item["user_id"]) == (READER, CheckInRecorded.name, ana.id)
    assert item["error"] == "ValueError: no such day"
    assert NOTE not in str(item)
    detail = admin.get(f"/operations/quarantine/{item['id']}")
    assert detail["content"]["data"]["habit_id"] == habit
    assert NOTE in detail["error"]
    stumbling()
    clear(admin)


def test_a_retry_says_why_it_failed_again_and_works_when_the_reader_is_mended(
    house: Daybeat, admin: Person, ana: Person, stumbling: Callable[[], None]
) -> None:
    ana.says(ana.habit(), "2026-03-02")
    settled(house, admin)
    (item,) = items(admin)
    retried = admin.post(f"/operations/quarantine/{item['id']}/retry")
    assert retried["handled"] is False
    assert retried["error"].startswith("ValueError: no such day")
    assert items(admin)[0]["attempts"] == 2
    before = days_lived(house)
    stumbling()
    assert admin.post(f"/operations/quarantine/{item['id']}/retry") == {"handled": True, "error": None}
    assert days_lived(house) == before + 1
    seen = settled(house, admin)
    assert (seen["quarantined"], items(admin)) == (0, [])
    assert adds_up(reader(seen))


@pytest.mark.usefixtures("stumbling")
def test_what_is_dropped_is_not_called_stored(house: Daybeat, admin: Person, ana: Person) -> None:
    before = reader(settled(house, admin))
    ana.says(ana.habit(), "2026-03-02")
    settled(house, admin)
    (item,) = items(admin)
    assert admin.ask("DELETE", f"/operations/quarantine/{item['id']}").status_code == 204
    after = reader(settled(house, admin))
    assert (after["dropped"], after["stored"], after["set_aside"]) == (before["dropped"] + 1, before["stored"], 0)
    assert adds_up(after)
    for method, path in (("DELETE", ""), ("POST", "/retry"), ("GET", "")):
        assert admin.ask(method, f"/operations/quarantine/{item['id']}{path}").status_code == 404


def test_something_nobody_reads_any_more_fails_with_a_reason(house: Daybeat, admin: Person) -> None:
    def keep(uow: UnitOfWork) -> None:
        set_aside(uow, reader="queue:gone", reference="7", content={"text": "hello"}, error=ValueError("odd"))

    house.core.store.write_now(keep)
    (item,) = items(admin)
    retried = admin.post(f"/operations/quarantine/{item['id']}/retry")
    assert retried == {"handled": False, "error": "Nothing of this name is there any more to handle it."}
    clear(admin)


def test_the_newest_comes_first_in_pages(house: Daybeat, admin: Person) -> None:
    def keep(number: int, uow: UnitOfWork) -> None:
        set_aside(uow, reader="job:gone", reference=str(number), content=[number], error=ValueError("odd"))

    for number in range(5):
        house.clock.forward(seconds=1)
        house.core.store.write_now(partial(keep, number))
    first = admin.get("/operations/quarantine", limit=3)
    second = admin.get("/operations/quarantine", limit=3, cursor=first["next_cursor"])
    assert [each["reference"] for each in first["items"] + second["items"]] == ["4", "3", "2", "1", "0"]
    assert second["next_cursor"] is None
    clear(admin)


def test_a_fact_that_got_lost_is_missed(house: Daybeat, admin: Person, ana: Person) -> None:
    ana.says(ana.habit(), "2026-03-02")
    settled(house, admin)
    own = inbox.c.subscriber == READER

    def lose(uow: UnitOfWork) -> None:
        uow.connection.execute(delete(inbox).where(own))

    receipts = house.core.store.read_now(lambda c: [row._asdict() for row in c.execute(inbox.select().where(own))])
    house.core.store.write_now(lose)
    house.clock.forward(seconds=20)
    each = reader(look(house, admin))
    assert each["balance"] == "missing"
    assert each["difference"] == each["accepted"] - each["set_aside"] - each["stored"] - each["dropped"] > 0
    house.core.store.write_now(lambda uow: uow.connection.execute(inbox.insert(), receipts) and None)


def test_queues_of_messages_are_followed_too(house: Daybeat, admin: Person) -> None:
    before = reader(settled(house, admin), "wall.counts")
    good = b'{"type":"good","timestamp":"2026-03-02T11:00:00.000Z"}'
    house.core.store.write_now(lambda uow: put(uow, "mood_events", [good, b"garbage", good]))
    deadline = time.monotonic() + 20
    while (after := reader(settled(house, admin), "wall.counts"))["stored"] < before["stored"] + 2:
        assert time.monotonic() < deadline, after
    assert (after["set_aside"], after["dropped"]) == (1, 0)
    assert (after["balance"], after["accepted"]) == (
        ("even", before["accepted"] + 3) if house.core.settings.is_embedded else (None, None)
    )
    clear(admin)
    dropped = reader(settled(house, admin), "wall.counts")
    assert (dropped["stored"], dropped["set_aside"], dropped["dropped"]) == (after["stored"], 0, 1)


def test_jobs_that_are_due_are_counted(house: Daybeat, admin: Person) -> None:
    # The loop runs what is due once a second; one that is leased to somebody, or begun, is due until it is done.
    house.core.store.write_now(partial(enqueue, name="nobody.does_this", key="a", run_at=NOON))
    assert look(house, admin)["jobs"]["waiting"] in {0, 1}


def test_open_pages_and_the_way_to_them_are_told(house: Daybeat, admin: Person, ana: Person) -> None:
    habit = ana.habit()
    with listening(house, ana) as (socket, _):
        ana.says(habit, "2026-03-02")
        socket.receive_json()
        seen = look(house, admin)
    assert seen["connections"]["sockets"] == 1
    assert seen["live"]["facts"] >= 1
    assert 0 < seen["live"]["p50"] <= seen["live"]["p95"] <= 5


def test_a_process_that_says_nothing_is_missing(house: Daybeat, admin: Person) -> None:
    if house.core.settings.is_embedded:
        pytest.skip("one process has nobody to miss")
    row = {**presence_row(house.clock, "consume"), "pid": 1}
    house.core.store.write_now(partial(write_presence, row, {"port": 8002}))
    roles = {each["role"]: each for each in look(house, admin)["processes"]}
    assert (roles["consume"]["state"], roles["consume"]["port"]) == ("running", 8002)
    house.clock.forward(seconds=21)
    roles = {each["role"]: each for each in look(house, admin)["processes"]}
    assert roles["consume"]["state"] == "missing"
    house.clock.forward(minutes=60)
    sign_in_again(house, admin)
    assert "consume" not in {each["role"] for each in look(house, admin)["processes"]}


PATHS = [
    ("GET", "/operations"),
    ("GET", "/operations/quarantine"),
    ("GET", f"/operations/quarantine/{NOTHING}"),
    ("POST", f"/operations/quarantine/{NOTHING}/retry"),
    ("DELETE", f"/operations/quarantine/{NOTHING}"),
]


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_only_admins_come_in(house: Daybeat, admin: Person, ana: Person, method: str, path: str) -> None:
    assert house.client.request(method, f"/api/v1{path}").status_code == 401
    refused = ana.ask(method, path)
    assert (refused.status_code, refused.json()["type"]) == (403, "for-admins")
    assert admin.ask(method, path).status_code == (404 if "quarantine/" in path else 200)


def test_a_programs_token_sees_figures_but_not_what_people_wrote(house: Daybeat, admin: Person) -> None:
    token = admin.post("/auth/tokens", {"name": "monitor", "scopes": ["read"]})["token"]
    headers = {"Authorization": f"Bearer {token}"}
    answers = [house.client.request(method, f"/api/v1{path}", headers=headers).status_code for method, path in PATHS]
    assert answers == [200, 200, 403, 403, 403]


def test_an_id_that_is_none_is_refused(admin: Person) -> None:
    assert admin.ask("GET", "/operations/quarantine/nonsense").status_code == 422


AGO: Callable[[float], datetime] = lambda seconds: NOON - timedelta(seconds=seconds)  # noqa: E731


def counts(**figures: Any) -> Counts:
    """Ten facts of which eight were received, the last one just now, and two are not in the tables."""
    usual = {
        "subscriber": lived,
        "accepted": 10,
        "received": 8,
        "set_aside": 0,
        "dropped": 0,
        "waiting": 0,
        "unseen": 2,
        "oldest_open": AGO(1),
        "oldest_unseen": AGO(1),
        "newest_received": AGO(1),
        "last_receipt": AGO(1),
    }
    return Counts(**{**usual, **figures})


@pytest.mark.parametrize(
    ("figures", "ready", "balance"),
    [
        ({}, 2, "even"),
        ({}, 0, "moving"),
        ({}, 5, "moving"),
        ({}, None, "unknown"),
        ({"received": 10, "unseen": 0, "oldest_unseen": None}, None, "even"),
        ({"last_receipt": AGO(60)}, 0, "moving"),
        ({"last_receipt": AGO(60)}, 5, "more"),
        ({"oldest_unseen": AGO(60), "newest_received": AGO(61)}, 0, "moving"),
        ({"oldest_unseen": AGO(60), "newest_received": AGO(61), "last_receipt": AGO(60)}, 0, "missing"),
        ({"oldest_unseen": AGO(60), "newest_received": AGO(61), "last_receipt": AGO(60)}, 2, "even"),
        ({"oldest_unseen": AGO(60)}, 0, "missing"),
        ({"oldest_unseen": AGO(60), "newest_received": None, "last_receipt": None, "received": 0}, 0, "missing"),
    ],
)
def test_a_difference_is_called_by_its_name(figures: dict[str, Any], ready: int | None, balance: str) -> None:
    assert judge(counts(**figures), ready, NOON) == balance


def test_the_median_lies_within_its_bucket() -> None:
    buckets = [(0.01, 50.0), (0.1, 100.0), (1.0, 100.0), (float("inf"), 100.0)]
    assert quantile(buckets, 0.5) == 0.01
    assert quantile(buckets, 0.95) == pytest.approx(0.091)
    assert quantile([(1.0, 0.0), (float("inf"), 4.0)], 0.5) == 1.0
    assert quantile([(1.0, 0.0), (float("inf"), 0.0)], 0.5) is None


def test_a_broker_that_is_away_is_not_waited_for() -> None:
    began = time.monotonic()
    assert asyncio.run(depths_of(f"amqp://127.0.0.1:{free_port()}/", ["a"])) is None
    assert time.monotonic() - began < 4


def test_depths_are_told_and_queues_that_are_not_there_left_out(house: Daybeat) -> None:
    if house.core.settings.amqp_url is None:
        pytest.skip("one process has no broker")
    queues = ["never.declared", "daybeat.insights.lived_days", "mood_events"]
    found = asyncio.run(depths_of(house.core.settings.amqp_url.get_secret_value(), queues))
    assert found is not None
    assert list(found) == queues[1:]
    assert found["mood_events"].consumers == 1
