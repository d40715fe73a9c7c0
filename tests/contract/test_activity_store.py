"""What every engine promises of events: each once, all of it as it was said, in an order that can be read by number."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table, select, text

from daybeat.bootstrap.activity.storing import open_activity
from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.migrate import current_revision, newest_revision
from daybeat.kit.ids import new_id
from daybeat.modules.activity.batch import Batch
from daybeat.modules.activity.models import activity_counts, activity_refused, activity_turn, metadata, user_activities
from daybeat.modules.activity.preparing import TABLES, NotOurs, prepare
from daybeat.modules.activity.queries import Wanted, events_after
from daybeat.modules.activity.refused import Refusal
from daybeat.modules.activity.store import ActivityStore
from scripts.services.mariadb import MariaDB
from tests.support.activity import event
from tests.support.clock import SetClock
from tests.support.daybeat import NOON
from tests.support.mariadb import private_mariadb
from tests.support.services import services

EVERYTHING = Wanted(account=None)


@pytest.fixture(scope="module")
def mariadb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MariaDB]:
    with private_mariadb(tmp_path_factory.mktemp("mariadb")) as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ActivityStore]:
    if request.param == "postgresql":
        with services().corner() as corner:
            yield from opened(Settings(activity_database_url=corner["database_url"]))
    elif request.param == "mariadb":
        url = request.getfixturevalue("mariadb").url
        yield from opened(Settings(activity_database_url=url))
    else:
        yield from opened(Settings(data_dir=tmp_path))


def opened(settings: Settings) -> Iterator[ActivityStore]:
    made = open_activity(settings, SetClock(NOON))
    try:
        made.prepare()
        with made.engine.begin() as connection:
            for table in (user_activities, activity_counts, activity_refused):
                connection.execute(table.delete())
        yield made
    finally:
        made.close()


def stored(store: ActivityStore) -> list[Any]:
    return list(store.read_now(lambda connection: events_after(connection, EVERYTHING, 0, 10_000)))


def test_the_tables_are_those_of_the_migrations(store: ActivityStore) -> None:
    assert current_revision(store.engine, TABLES) == newest_revision(TABLES)
    for table in metadata.tables.values():
        store.read_now(partial(_look, table=table))


def _look(connection: Connection, table: Table) -> None:
    connection.execute(select(table).limit(1))


def test_making_the_tables_goes_on_where_a_crash_ended_it(store: ActivityStore) -> None:
    with store.engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {TABLES.table}"))
        activity_turn.drop(connection)
    prepare(store.engine)
    store.append(Batch([event()]))
    assert len(stored(store)) == 1


def test_a_table_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    store = open_activity(Settings(data_dir=tmp_path), SetClock(NOON))
    with store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE user_activities (id INTEGER PRIMARY KEY, user_id INT)"))
    with pytest.raises(NotOurs):
        store.read_now(lambda _connection: None)
    store.close()


WORDS = [
    "login",
    "log'in",
    'log"in',
    "log\\in",
    "%s %(x)s :x",
    "LOGIN",
    "login ",
    "🙂",
    "\u00e9",
    "e\u0301",
    "{}",
    "a,b;c",
]


def test_what_was_said_comes_out_as_it_was(store: ActivityStore) -> None:
    said = [event(event_type=word, metadata={word: [word, None, 1.5, {"a": "\n\t\x1a"}]}) for word in WORDS]
    store.append(Batch(said))
    rows = stored(store)
    assert [row.event_type for row in rows] == WORDS
    assert [row.said for row in rows] == [each.metadata for each in said]
    assert [row.event_id for row in rows] == [each.event_id for each in said]


def test_times_are_kept_in_utc_to_the_microsecond(store: ActivityStore) -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    times = [
        datetime(2025, 1, 3, 8, 30, 0, 1, tzinfo=UTC),
        datetime(2025, 1, 3, 8, 30, tzinfo=india),
        datetime(2000, 1, 1, tzinfo=UTC),
        datetime(2025, 3, 30, 2, 30, 0, 999999, tzinfo=UTC),
    ]
    store.append(Batch([event(timestamp=each) for each in times]))
    assert [row.timestamp for row in stored(store)] == times
    later = Wanted(
        account=None, first=datetime(2025, 1, 3, 3, tzinfo=UTC), last=datetime(2025, 1, 3, 8, 30, tzinfo=UTC)
    )
    assert len(store.read_now(lambda connection: events_after(connection, later, 0, 10))) == 1


def test_users_of_64_bits_and_no_metadata(store: ActivityStore) -> None:
    store.append(Batch([event(user_id=each, metadata=None) for each in (2**63 - 1, -(2**63), 0)]))
    assert [(row.user_id, row.said) for row in stored(store)] == [(2**63 - 1, None), (-(2**63), None), (0, None)]


def test_the_same_event_again_changes_nothing(store: ActivityStore) -> None:
    one, two = event(), event()
    store.append(Batch([one, two, one]))
    store.append(Batch([two, event(event_id=one.event_id, metadata={"another": "body"})]))
    assert [row.said for row in stored(store)] == [{"source": "web"}] * 2
    assert counts(store) == {"login": 2}


def counts(store: ActivityStore) -> dict[str, int]:
    rows = store.read_now(lambda connection: connection.execute(select(activity_counts)).all())
    return {row.event_type: row.n for row in rows}


def test_keys_that_only_look_alike_are_different(store: ActivityStore) -> None:
    names = ["key-A", "KEY-a", "kéy-A", "ke\u0301y-A"]
    store.append(Batch([event(event_type=name) for name in names]))
    assert counts(store) == dict.fromkeys(names, 1)


def test_numbers_grow_in_the_order_of_the_commits(store: ActivityStore) -> None:
    """Whoever reads by number while others write sees every event, and none behind one that was seen."""
    seen: list[int] = []

    def write(_: int) -> None:
        for _ in range(10):
            store.append(Batch([event() for _ in range(20)]))

    def read(_: int) -> None:
        while len(seen) < 800:
            after = seen[-1] if seen else 0
            rows = store.read_now(partial(events_after, wanted=EVERYTHING, after=after, limit=1000))
            seen.extend(row.id for row in rows)

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(lambda task: task[0](task[1]), [(read, 0), *((write, number) for number in range(4))]))
    assert seen == sorted(seen)
    assert seen == [row.id for row in stored(store)]


def test_a_large_batch_is_one_batch(store: ActivityStore) -> None:
    store.append(Batch([event(metadata={"x": "y" * 5000}) for _ in range(2000)]))
    assert len(stored(store)) == 2000


def test_what_is_no_event_is_kept_once_with_its_reason(store: ActivityStore) -> None:
    refusal = Refusal(new_id(), event().account, b"\x00\xff garbage", "no event")  # type: ignore[arg-type]
    for _ in range(2):
        store.append(Batch([event()], [refusal, refusal]))
    (kept,) = store.read_now(lambda connection: connection.execute(select(activity_refused)).all())
    assert (kept.body, kept.reason) == (b"\x00\xff garbage", "no event")


def test_an_event_the_database_does_not_take_is_set_aside_alone(store: ActivityStore) -> None:
    impossible = event(event_type="x" * 51)
    store.append(Batch([event(), impossible, event()]))
    took = len(stored(store))
    aside = store.read_now(lambda connection: connection.execute(select(activity_refused)).all())
    assert took + len(aside) == 3
    assert took >= 2
