"""A hundred thousand habits with a reminder at nine: how long until all are told, and what it takes in memory."""

import asyncio
import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.running import scratch
from bench.table import Figure, print_table
from daybeat.bootstrap.core import open_core
from daybeat.bootstrap.readers import NOTIFYING
from daybeat.bootstrap.reminders import REMINDED
from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.store import Store
from daybeat.infra.events.dispatcher import Dispatcher
from daybeat.kit.ids import new_id
from daybeat.modules.reminders.habit_reminders.telling import claim_due, tell_claimed
from daybeat.modules.reminders.habit_reminders.ticking import tell_now
from tests.support.clock import SetClock

HABITS = 100_000
HALF = HABITS // 2
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
STATES = ("told", "skipped")
DONE_SHARE = 10
"""Every tenth habit is done before nine, so its slot is skipped."""
ALL_TOLD_AIM = 60.0
MEMORY_AIM = 64

_USER = """INSERT INTO users (id, email, email_key, name, password_hash, stays, week_start, preferences, is_admin,
    created_at) VALUES (?, ?, ?, 'Ana', '', '[{"zone": "UTC", "rollover": 3, "since": null}]', 0, '{}', 0, ?)"""
_HABIT = """INSERT INTO habits (id, user_id, name, question, tags, reminders, start, rules, pauses, position,
    created_at) VALUES (?, ?, 'Read', '', '[]', '["09:00"]', '2026-02-20', '[{"since": "2026-02-20",
    "schedule": {"kind": "daily"}, "target": null, "direction": null, "anchor": "2026-02-20"}]', '[]', 1, ?)"""
_CHECK_IN = """INSERT INTO check_ins (id, habit_id, user_id, day, state, at, zone, source)
    VALUES (?, ?, ?, ?, 'done', ?, 'UTC', 'web')"""
_CHANNEL = """INSERT INTO notification_channels (id, user_id, kind, name, address, kinds, language, enabled, state,
    created_at) VALUES (?, ?, 'mqtt', '', '{}', '["reminders"]', 'en', 1, 'new', ?)"""
_DUE = "INSERT INTO reminder_dues (due_at, habit_id, why, user_id, tell_before) VALUES (?, ?, 'time', ?, ?)"


def run() -> None:
    """Print what telling all of them takes."""
    with scratch() as folder, _a_crowd(folder) as (store, clock):
        before = _memory()
        began = time.perf_counter()
        store.write_now(lambda uow: claim_due(REMINDED, uow))
        claimed = time.perf_counter() - began
        half = _told_until(store, HALF)
        grown = _memory() - before
        tell_now(store, clock, REMINDED)
        seconds = time.perf_counter() - began
        grown = max(grown, _memory() - before)
        deliveries = _delivered(store)
        grown = max(grown, _memory() - before)
        told, skipped = (_count(store, f"SELECT count(*) FROM habit_reminders WHERE state = '{s}'") for s in STATES)  # noqa: S608
        made = _count(store, "SELECT count(*) FROM notification_deliveries")
    assert (told, skipped) == (HABITS - HABITS // DONE_SHARE, HABITS // DONE_SHARE)
    assert made == told
    _show(claimed, half, seconds, deliveries, grown)


def _show(claimed: float, half: float, seconds: float, deliveries: float, grown: float) -> None:
    print_table(
        f"{HABITS:,} habits of as many people with a reminder at 9:00 (SQLite, every commit flushed)",
        [
            Figure("claimed and committed", f"{claimed * 1000:,.0f} ms"),
            Figure("half of them settled", f"{half:.1f} s"),
            Figure(
                "all told or skipped, and the next planned",
                f"{seconds:.1f} s",
                aim=f"<= {ALL_TOLD_AIM:.0f} s",
                met=seconds <= ALL_TOLD_AIM,
            ),
            Figure("reminders a second", f"{HABITS / seconds:,.0f}"),
            Figure("then until all told ones are deliveries", f"{deliveries:.1f} s"),
            Figure("memory on top", f"{grown:.0f} MB", aim=f"<= {MEMORY_AIM} MB", met=grown <= MEMORY_AIM),
        ],
        [
            "Before each is told it is asked how the habit stands; every tenth is done already and stays silent.",
            "Units of 200: check-ins go between them.",
        ],
    )


def _delivered(store: Store) -> float:
    """Turn every fact into a delivery; gives the seconds."""
    began = time.perf_counter()
    asyncio.run(_catch_up(store))
    return time.perf_counter() - began


async def _catch_up(store: Store) -> None:
    await Dispatcher(store, NOTIFYING).catch_up()


def _told_until(store: Store, most: int) -> float:
    """Settle claims up to a number; gives the seconds."""
    began, settled = time.perf_counter(), 0
    while settled < most:
        settled += store.write_now(lambda uow: tell_claimed(REMINDED, uow))
    return time.perf_counter() - began


@contextmanager
def _a_crowd(folder: Path) -> Iterator[tuple[Store, SetClock]]:
    clock = SetClock(NINE)
    settings = Settings(data_dir=folder)
    with open_core(settings, clock):
        pass
    with closing(sqlite3.connect(settings.database_path, isolation_level=None)) as database:
        database.execute("BEGIN")
        _fill(database)
        database.execute("COMMIT")
    with open_core(settings, clock) as core:
        yield core.store, clock


def _fill(database: sqlite3.Connection) -> None:
    """Give everybody a habit that they did on the last nine days, and every tenth today as well."""
    pairs = [(new_id().hex, new_id().hex) for _ in range(HABITS)]
    now, days = _text(NINE - timedelta(hours=1)), [f"2026-02-{day}" for day in range(20, 29)]
    database.executemany(_USER, ((user, user, user, now) for user, _ in pairs))
    database.executemany(_HABIT, ((habit, user, now) for user, habit in pairs))
    database.executemany(_CHANNEL, ((new_id().hex, user, now) for user, _ in pairs))
    said = ((new_id().hex, habit, user, day, now) for user, habit in pairs for day in days)
    database.executemany(_CHECK_IN, said)
    done = ((new_id().hex, habit, user, "2026-03-02", now) for user, habit in pairs[::DONE_SHARE])
    database.executemany(_CHECK_IN, done)
    dues = sorted((_text(NINE), habit, user, _text(NINE + timedelta(hours=2))) for user, habit in pairs)
    database.executemany(_DUE, dues)


def _count(store: Store, query: str) -> int:
    return int(store.read_now(lambda connection: connection.exec_driver_sql(query).scalar_one()))


def _memory() -> float:
    """Give the memory this process has now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def _text(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S.%f}"
