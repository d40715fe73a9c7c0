"""The due table with a million users: an idle tick, 4,200 due, 100,000 due at once, beside one timer for each user."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from bench import due_habits
from bench.running import scratch
from bench.table import Figure, milliseconds, percentile, print_table
from daybeat.bootstrap.core import open_core
from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.reminders.asking import ask_claimed, claim_due
from daybeat.modules.reminders.models import prompt_claims, prompt_dues
from daybeat.modules.reminders.repository import PromptRepository
from tests.support.clock import SetClock

USERS = 1_000_000
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CROWDS = (4_200, 100_000)
SAMPLE = 2_000
"""Users the rival asks and ours asks in full; both go on at the same pace for more."""
ROUNDS = 5
CLAIM_AIM, IDLE_AIM, RATIO_AIM = 0.2, 0.005, 50

_WISHES = """INSERT INTO prompt_settings (user_id, enabled, every_seconds, times, quiet_from, quiet_to,
    follow_up_seconds, max_follow_ups, channels, zone, silences, rests, doubted, due_at)
    VALUES (?, 1, 14400, '[]', '22:00', '08:00', 1800, 1, '["page"]', 'UTC', 0, 0, 0, ?)"""


def run() -> None:
    """Print what a tick costs."""
    with scratch() as folder, _a_million_users(folder) as (store, users):
        idle = [_timed(lambda: store.read_now(lambda c: PromptRepository(c).anything_to_do(NOON))) for _ in range(50)]
        claims = {crowd: [_claim(store, users, crowd) for _ in range(ROUNDS)] for crowd in CROWDS}
        timers = _claim_one_by_one(store, users[:SAMPLE])
        paces = _ask_in_sets(store, users[:SAMPLE]), _ask_one_by_one(store, users[SAMPLE : 2 * SAMPLE])
    _show(percentile(idle, 0.95), {crowd: percentile(each, 0.5) for crowd, each in claims.items()}, timers, *paces)
    due_habits.run()


def _show(idle: float, claims: dict[int, float], timers: float, in_sets: float, one_by_one: float) -> None:
    figures = [Figure("idle tick, p95", milliseconds(idle), aim="<= 5 ms", met=idle <= IDLE_AIM)]
    for crowd, seconds in claims.items():
        pace, is_large = crowd / seconds, crowd == CROWDS[-1]
        figures.append(
            Figure(
                f"{crowd:,} due: claimed and committed",
                f"{milliseconds(seconds)} = {pace:,.0f}/s",
                f"{timers:,.0f}/s",
                f"{pace / timers:,.0f}x",
                "<= 200 ms, >= 50x" if is_large else "",
                seconds <= CLAIM_AIM and pace >= RATIO_AIM * timers if is_large else None,
            )
        )
    what = "asked: prompt, fact in the log, next one planned"
    figures.append(Figure(what, f"{in_sets:,.0f}/s", f"{one_by_one:,.0f}/s", f"{in_sets / one_by_one:.1f}x"))
    print_table(
        f"Prompts that are due, among {USERS:,} users (SQLite, every commit flushed)",
        figures,
        [
            "A claim is a committed row for each user: the event, before it has a number of its user's.",
            "The facts follow in the log at the pace of the last line, in units of 200.",
            "The rival is one timer for each user: each one that rings does the same work in a commit of its own.",
        ],
    )


@contextmanager
def _a_million_users(folder: Path) -> Iterator[tuple[Store, list[UUID]]]:
    """Fill the tables: everybody is due at some minute of the afternoon."""
    clock = SetClock(NOON)
    settings = Settings(data_dir=folder)
    with open_core(settings, clock):
        pass
    users = [new_id() for _ in range(USERS)]
    with closing(sqlite3.connect(settings.database_path, isolation_level=None)) as database:
        database.execute("BEGIN")
        database.executemany(_WISHES, ((user.hex, _text(_due(n))) for n, user in enumerate(users)))
        dues = sorted((_text(_due(n)), user.hex, _text(_due(n) + timedelta(hours=1))) for n, user in enumerate(users))
        database.executemany("INSERT INTO prompt_dues (due_at, user_id, ask_before) VALUES (?, ?, ?)", dues)
        database.execute("COMMIT")
    with open_core(settings, clock) as core:
        yield core.store, users


def _claim(store: Store, users: list[UUID], crowd: int) -> float:
    """Make so many due, claim them, and put everything back; gives the seconds of the claim."""
    chosen = users[:: len(users) // crowd][:crowd]
    store.write_now(lambda uow: _make_due(uow.connection, chosen))
    seconds = _timed(lambda: store.write_now(claim_due))
    count = store.read_now(lambda c: c.exec_driver_sql("SELECT count(*) FROM prompt_claims").scalar_one())
    assert count == crowd, f"{count} of {crowd} were claimed"
    store.write_now(lambda uow: uow.connection.exec_driver_sql("DELETE FROM prompt_claims"))
    return seconds


def _claim_one_by_one(store: Store, users: list[UUID]) -> float:
    """Claim with a timer each; gives users a second."""
    store.write_now(lambda uow: _make_due(uow.connection, users))
    seconds = _timed(lambda: [store.write_now(partial(_claim_one, user)) for user in users])
    store.write_now(lambda uow: uow.connection.exec_driver_sql("DELETE FROM prompt_claims"))
    return len(users) / seconds


def _ask_in_sets(store: Store, users: list[UUID]) -> float:
    store.write_now(lambda uow: _make_due(uow.connection, users))
    store.write_now(claim_due)

    def ask() -> None:
        while store.write_now(ask_claimed):
            pass

    return len(users) / _timed(ask)


def _ask_one_by_one(store: Store, users: list[UUID]) -> float:
    store.write_now(lambda uow: _make_due(uow.connection, users))

    def ring(user: UUID, uow: UnitOfWork) -> None:
        _claim_one(user, uow)
        ask_claimed(uow)

    return len(users) / _timed(lambda: [store.write_now(partial(ring, user)) for user in users])


def _claim_one(user: UUID, uow: UnitOfWork) -> None:
    key = prompt_dues.c.due_at == NOON, prompt_dues.c.user_id == user
    row = uow.connection.execute(select(prompt_dues).where(*key)).one()
    uow.connection.execute(insert(prompt_claims), dict(row._mapping))  # noqa: SLF001 - its public name
    uow.connection.execute(delete(prompt_dues).where(*key))


def _make_due(connection: Connection, users: list[UUID]) -> None:
    """Let these be due now instead of later."""
    chosen = [(user.hex,) for user in users]
    connection.exec_driver_sql(
        "DELETE FROM prompt_dues WHERE user_id = ?1 "
        "AND due_at = (SELECT due_at FROM prompt_settings WHERE user_id = ?1)",
        chosen,
    )
    rows = [{"due_at": NOON, "user_id": user, "ask_before": NOON + timedelta(hours=1)} for user in users]
    connection.execute(insert(prompt_dues), rows)
    connection.exec_driver_sql(f"UPDATE prompt_settings SET due_at = '{_text(NOON)}' WHERE user_id = ?", chosen)  # noqa: S608


def _due(n: int) -> datetime:
    return NOON + timedelta(minutes=1 + n % 600)


def _text(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S.%f}"


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
