"""Moving to PostgreSQL: everything arrives as it was, what was half done is done once, and a failure leaves nothing."""

import json
import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import sql
from pydantic import SecretStr
from sqlalchemy import Connection, delete, func, select, text, update
from starlette.testclient import TestClient
from typer.testing import CliRunner

from daybeat.bootstrap import copying, copying_facts
from daybeat.bootstrap.activity.following import rule_targets
from daybeat.bootstrap.app import build_app
from daybeat.bootstrap.copying import Copied, copy_folder
from daybeat.bootstrap.copying_ends import CannotCopy
from daybeat.bootstrap.copying_events import copy_events
from daybeat.bootstrap.copying_rows import NOT_COPIED
from daybeat.bootstrap.core import Core, open_core
from daybeat.bootstrap.readers import SUBSCRIBERS
from daybeat.bootstrap.settings import Settings
from daybeat.bootstrap.tables import metadata
from daybeat.cli.app import app as commands
from daybeat.contracts.accounts import PasswordChanged, ProfileChanged
from daybeat.contracts.event import Event
from daybeat.infra.db import postgresql
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.delivery import deliver_batch
from daybeat.infra.events.handling import RECEIPTS_KEPT_FOR, forget_old_receipts, handle, inbox
from daybeat.infra.events.log import event_log
from daybeat.infra.events.outbox import event_outbox, waiting_facts
from daybeat.infra.events.quarantine import quarantine, set_aside
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.infra.queues.table import has_left, leaving, queue_messages
from daybeat.modules.accounts.models import users
from daybeat.modules.activity.batch import Batch
from daybeat.modules.activity.event import NOBODY
from daybeat.modules.activity.queries import Wanted, events_after
from daybeat.modules.activity.reaching import reached_by_rules
from daybeat.modules.activity.refused import Refusal, count_refused
from daybeat.modules.activity.rules import MakeRule, make_rule
from daybeat.modules.devices.handlers import add_device
from daybeat.modules.goals.models import goals
from daybeat.modules.habits.models import habits
from daybeat.modules.insights.suggestion_repository import SuggestionRepository
from daybeat.modules.notifications.repository import ChannelRepository
from daybeat.modules.notifications.telegram.linking import new_link_code
from daybeat.modules.notifications.telling import Told, tell_one
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.wall.counting import counter
from daybeat.modules.wall.models import wall_messages
from scripts.services.postgresql import PostgreSQL
from tests.support.activity import event
from tests.support.clock import SetClock
from tests.support.daybeat import FEWEST_ROUNDS, NOON, PASSWORD, Daybeat, Person
from tests.support.days import use_program_token
from tests.support.moods import BAD, GOOD, deliver, send
from tests.support.postgresql import private_postgresql

pytestmark = [pytest.mark.once, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


ANA = UUID(int=1)
ODD = {"written": "\x00 and \ud800", "b": 0.1, "a": [1e300, None, True, "é 😀"]}
ASKED = (
    *("/today", "/habits", "/moods", "/moods/summary", "/mood-prompts", "/auth/me", "/auth/tokens", "/mqtt/devices"),
    *("/reminders/settings", "/reminders", "/goals", "/events/rules", "/insights/risks"),
    *("/notifications/channels", "/notifications/deliveries", "/notifications/templates"),
)
FILLED = (
    *("check_ins", "moods", "prompts", "api_tokens", "quarantine", "mqtt_devices"),
    *("goals", "goal_habits", "goal_entries", "goal_check_ins", "activity_rules"),
    "insight_suggestions",
    *("reminder_settings", "reminder_dues", "habit_nudges", "habit_reminders", "report_plans"),
    *("notification_channels", "notification_deliveries", "notification_templates", "telegram_links"),
)
"""Some of the tables in which the folder has something."""
_numbers = count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgreSQL]:
    with private_postgresql(tmp_path_factory.mktemp("postgresql")) as running:
        yield running


@pytest.fixture
def target(server: PostgreSQL) -> str:
    """An empty database."""
    name = f"empty_{next(_numbers)}"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{server.url.rpartition('/')[0]}/{name}"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with some of everything."""
    folder = tmp_path_factory.mktemp("lived") / "data"
    with embedded(folder) as core:
        with serving(core) as daybeat:
            for name in ("ana@example.org", "bea@example.org"):
                live(daybeat.person(name, timezone="Europe/Paris"))
            person = daybeat.person("gone@example.org")
            person.ask("DELETE", "/auth/me", json={"password": PASSWORD})
        core.store.write_now(leave_more)
        send(core, GOOD, BAD, b"no mood at all")
    return folder


@pytest.fixture
def folder(lived: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(lived, tmp_path / "data"))


@contextmanager
def embedded(folder: Path) -> Iterator[Core]:
    alone = Settings(data_dir=folder, database_url=None, amqp_url=None, redis_url=None)
    with open_core(alone, SetClock(NOON)) as core:
        yield core


@contextmanager
def moved(folder: Path, target: str) -> Iterator[Core]:
    """Open what was copied, as the separate services do, without a broker."""
    chosen = Settings(
        data_dir=folder.parent / "none",
        database_url=SecretStr(target),
        amqp_url=SecretStr("amqp://127.0.0.1:9/"),
        secret_key_file=folder / "secret.key",
    )
    with open_core(chosen, SetClock(NOON)) as core:
        yield core


@contextmanager
def serving(core: Core) -> Iterator[Daybeat]:
    app = build_app(core, password_rounds=FEWEST_ROUNDS, role="serve" if core.settings.is_embedded else "api")
    with TestClient(app) as client:
        assert isinstance(core.clock, SetClock)
        yield Daybeat(core, app, client, core.clock)


def live(person: Person) -> None:
    read = person.habit(name="Read 読書", target=20, unit="pages", tags=["Evening"], start="2026-01-01")
    other = person.habit(name="Run", schedule={"kind": "per_week", "n": 3, "week_start": 0}, start="2026-02-01")
    for day in range(1, 29):
        person.says(read, f"2026-02-{day:02}", amount=day / 3, note="a 'quoted' \"note\" \\ with 😀 \t and \n")
    person.says(other, "2026-02-03")
    person.says(other, "2026-02-04", "skip")
    person.post(f"/habits/{other}/pauses", {"from": "2026-02-10", "to": "2026-02-20"})
    person.post(f"/habits/{read}/check-ins", {"amount": 0.1 + 0.2}, headers={"Idempotency-Key": "once"})
    person.delete(f"/habits/{person.habit(name='Gone')}")
    for score in (1, 3, 5):
        person.post("/moods", {"score": score, "tags": ["sleep"], "note": "so so"})
    person.put("/mood-prompts/settings", {"enabled": True, "every": "PT4H"})
    person.post("/mood-prompts")
    links = [{"habit_id": read, "weight": 0.1}, {"habit_id": other}]
    goal = {"name": "Enough", "target": 50, "start": "2026-01-15", "habits": links, "milestones": [{"at": 9.5}]}
    person.post(f"/goals/{person.post('/goals', goal)['id']}/entries", {"amount": 0.1 + 0.2, "note": "é 😀"})
    be_told(person, read)
    use_program_token(person)


def be_told(person: Person, habit: str) -> None:
    """Choose where and when to be told, at a place that is off: nobody sends anything."""
    person.patch(f"/habits/{habit}", {"reminders": ["07:30", "mon,fri 18:00"]})
    person.put(f"/reminders/habits/{habit}/nudge", {"enabled": True, "at": "19:00"})
    chosen = {"quiet_hours": {"from": "22:00", "to": "07:00"}, "daily_summary": "21:00", "vacation_until": "2026-05-01"}
    person.put("/reminders/settings", chosen)
    place = {"kind": "webhook", "name": "é 😀", "address": {"url": "https://hooks.example.com/x"}}
    made = person.post("/notifications/channels", place)["id"]
    person.patch(f"/notifications/channels/{made}", {"enabled": False})
    person.put("/notifications/templates", {"kind": "check", "title": "{{ title }} 😀", "body": "{{ streak }}\n"})


def leave_more(uow: UnitOfWork) -> None:
    """Leave what no door leaves here, or only with events: a device, rules, and something that could not be handled."""
    user = uow.connection.execute(select(users.c.id).order_by(users.c.email_key)).scalars().first()
    assert user is not None
    add_device(user, "lamp", uow=uow)
    new_link_code(user, "daybeat_bot", uow=uow)
    for place in ChannelRepository(uow.connection).all_of(user):
        tell_one(Told("test", "test", {"channel": "a 'quoted' \"name\""}), UUID(int=7), place, uow)
    [habit] = uow.connection.execute(select(habits.c.id).where(habits.c.user_id == user).limit(1)).scalars()
    leave_rules(user, habit, uow)
    told = {"user_id": user, "habit_id": habit, "title": "Read", "date": NOON.date(), "due_at": NOON, "why": "time"}
    rest = dict.fromkeys(("told_at", "expires_at", "acted", "snoozed_to"))
    settled = {"id": UUID(int=8), "state": "skipped", "reason": "quiet", **told, **rest}
    ReminderRepository(uow.connection).add([settled])
    suggestion = {"id": UUID(int=9), "user_id": user, "habit_id": habit, "kind": "lower", "basis": "é 😀", "text": "x"}
    decided = {
        "change": {"target": 0.1 + 0.2},
        "state": "applied",
        "decided_at": NOON,
        "kept": {"after": [1e300, None]},
    }
    made = {**suggestion, **decided, "evidence": ["😀"], "place": 0, "made_at": NOON}
    SuggestionRepository(uow.connection, user).add(made)
    set_aside(uow, reader="habits.mqtt", reference="x", content=ODD, error=ValueError("no"), user_id=user)


def leave_rules(user: UUID, habit: UUID, uow: UnitOfWork) -> None:
    """Leave a rule of either kind, past the door: it would look at the events, and make their database."""
    [goal] = uow.connection.execute(select(goals.c.id).where(goals.c.user_id == user)).scalars()
    said: dict[str, Any] = {"user_id": user, "event_type": "é 😀", "conditions": {"n": 1.5, "on": None}}
    make_rule(MakeRule(**said, habit_id=habit, goal_id=None, amount_from="é"), rule_targets(), uow=uow)
    make_rule(MakeRule(**said, habit_id=None, goal_id=goal, amount=0.1 + 0.2), rule_targets(), uow=uow)


def copied(folder: Path, target: str) -> Copied:
    return copy_folder(str(folder), target, NOON, unwatched)


def unwatched(_step: str, _table: str, _rows: int) -> Callable[[int], None]:
    return lambda _done: None


def standing(target: str) -> dict[str, int]:
    """Count the rows of every table there is."""
    with psycopg.connect(target) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        counting = [sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)) for (name,) in found]
        rows = [connection.execute(each).fetchone() for each in counting]
    return {name: row[0] for (name,), row in zip(found, rows, strict=True) if row is not None}


def rows_of(core: Core) -> dict[str, list[str]]:
    def look(connection: Connection) -> dict[str, list[str]]:
        tables = [table for table in metadata.sorted_tables if table.name not in {*NOT_COPIED, "queue_messages"}]
        return {each.name: sorted(map(in_utc, connection.execute(select(each)))) for each in tables}

    return core.store.read_now(look)


def in_utc(row: Iterable[Any]) -> str:
    return repr([value.astimezone(UTC) if isinstance(value, datetime) else value for value in row])


def test_every_row_arrives_as_it_was(folder: Path, target: str) -> None:
    with embedded(folder) as core:
        assert deliver(core, counter) == 3
        for each in SUBSCRIBERS:
            while core.store.write_now(partial(deliver_batch, each)):
                pass
        before = rows_of(core)
    result = copied(folder, target)
    assert (result.facts, result.messages) == (0, 0)
    with moved(folder, target) as core:
        assert rows_of(core) == before
    told = {each.table: each.rows for each in result.tables}
    assert told == {**{name: len(rows) for name, rows in before.items()}, "queue_messages": 0}
    assert [name for name in FILLED if not told[name]] == []


def test_people_find_everything_as_they_left_it_and_go_on(folder: Path, target: str) -> None:
    def answers(person: Person) -> list[Any]:
        ids = [each["id"] for each in person.get("/habits")["items"]]
        return [person.get(path) for path in ASKED] + [person.get(f"/habits/{each}/stats") for each in ids]

    with embedded(folder) as core, serving(core) as daybeat:
        ana = signed_in(daybeat)
        before = answers(ana)
    copied(folder, target)
    with moved(folder, target) as core, serving(core) as daybeat:
        ana.client = daybeat.client
        assert answers(ana) == before
        habit = before[1]["items"][0]["id"]
        ana.says(habit, "2026-03-02")
        ana.post("/moods", {"score": 4})
        assert signed_in(daybeat).get(f"/habits/{habit}/stats") != before[-2]
        with core.store.engine.connect() as connection:
            assert len(waiting_facts(connection, 1000)) > 0


def signed_in(daybeat: Daybeat) -> Person:
    body = {"email": "ana@example.org", "password": PASSWORD}
    answer = daybeat.client.post("/api/v1/auth/login", json=body)
    return Person(daybeat.client, body["email"], answer.json())


def test_what_json_can_say_and_a_text_cannot_arrives_too(folder: Path, target: str) -> None:
    copied(folder, target)
    with moved(folder, target) as core:
        content = core.store.read_now(
            lambda connection: connection.execute(
                select(quarantine.c.content).where(quarantine.c.reader == "habits.mqtt")
            ).scalar_one()
        )
    assert content == ODD


class Reader:
    """A subscriber that remembers what it handled."""

    def __init__(self, name: str, *kinds: type[Event]) -> None:
        self.handled: list[UUID] = []
        self.kinds = {kind.name for kind in kinds}
        self.subscriber = Subscriber(name, forget=lambda _connection: None)
        for kind in kinds:
            self.subscriber.on(kind)(self._hear)

    def _hear(self, _event: Event, uow: UnitOfWork) -> None:
        assert uow.origin.causation_id is not None
        self.handled.append(uow.origin.causation_id)


@pytest.mark.parametrize("seed", range(6))
def test_each_reader_handles_what_it_had_not_handled_once(
    tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - a life, not a secret
    readers = (
        Reader("one", ProfileChanged),
        Reader("both", ProfileChanged, PasswordChanged),
        Reader("other", PasswordChanged),
        Reader("new", ProfileChanged),
    )
    monkeypatch.setattr(copying_facts, "SUBSCRIBERS", tuple(each.subscriber for each in readers))
    with embedded(tmp_path / "data") as core:
        for _ in range(8):
            core.store.write_now(partial(happen, dice=dice))
            for each in readers[:3]:
                if dice.random() < 0.5:
                    core.store.write_now(partial(deliver_batch, each.subscriber))
        core.store.write_now(partial(lose_some_receipts, dice=dice))
        facts = core.store.read_now(lambda c: c.execute(select(event_log).order_by(event_log.c.seq)).all())
    before = {each.subscriber.name: len(each.handled) for each in readers}
    result = copied(tmp_path / "data", target)
    with moved(tmp_path / "data", target) as core:
        # Receipts that were about to be forgotten still protect when the broker comes late.
        core.clock.set(NOON + RECEIPTS_KEPT_FOR)  # type: ignore[attr-defined]
        core.store.write_now(forget_old_receipts)
        assert relay_all(core, [each.subscriber for each in readers]) == result.facts
    for each in readers:
        assert each.handled == [fact.id for fact in facts if fact.type in each.kinds], each.subscriber.name
    needed = {fact for each in readers for fact in each.handled[before[each.subscriber.name] :]}
    assert result.facts == len(needed)


def happen(uow: UnitOfWork, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 4)):
        kind = dice.choice([PasswordChanged(user_id=ANA), ProfileChanged(user_id=ANA, fields=("name",))])
        uow.record(kind)


def lose_some_receipts(uow: UnitOfWork, dice: random.Random) -> None:
    """Receipts are forgotten after a month, and positions are not."""
    for row in uow.connection.execute(select(inbox)).all():
        same = (inbox.c.subscriber == row.subscriber) & (inbox.c.event_id == row.event_id)
        if dice.random() < 0.3:
            uow.connection.execute(delete(inbox).where(same))
        else:
            uow.connection.execute(update(inbox).where(same).values(handled_at=NOON - RECEIPTS_KEPT_FOR / 2))


def relay_all(core: Core, subscribers: Sequence[Subscriber]) -> int:
    """Do what relay, broker and consumers do: hand each waiting fact, in order, to all who listen to its kind."""
    facts = core.store.read_now(lambda connection: waiting_facts(connection, 10_000))
    for subscriber in subscribers:
        kinds = {kind.name for kind in subscriber.handlers}
        its_own = [fact for fact in facts if fact.type in kinds]
        core.store.write_now(lambda uow, s=subscriber, f=its_own: handle(s, f, uow))  # type: ignore[misc]
    return len(facts)


def test_messages_that_were_read_are_not_sent_again(folder: Path, target: str) -> None:
    with embedded(folder) as core:
        assert deliver(core, counter) == 3
        send(core, GOOD, b"odd \x00\xff bytes")
        send(core, b"nobody reads this", queue="other")
    assert copied(folder, target).messages == 3
    with moved(folder, target) as core:
        rows = core.store.read_now(lambda connection: leaving(connection, 10))
        assert [row.body for row in rows] == [GOOD, b"odd \x00\xff bytes", b"nobody reads this"]
        counted = select(func.count()).select_from(wall_messages)
        assert core.store.read_now(lambda connection: connection.execute(counted).scalar_one()) == 2
        core.store.write_now(lambda uow: has_left(uow.connection, [row.no for row in rows]))
        send(core, BAD)
        newest = core.store.read_now(lambda c: c.execute(select(func.max(queue_messages.c.no))).scalar_one())
        assert newest > rows[-1].no


def test_the_target_goes_on_counting_after_numbers_that_are_gone(folder: Path, target: str) -> None:
    with embedded(folder) as core:
        highest = core.store.read_now(lambda c: c.execute(select(func.max(event_log.c.seq))).scalar_one())
        core.store.write_now(lambda uow: uow.connection.execute(delete(event_log).where(event_log.c.seq > 5)))
    copied(folder, target)
    with moved(folder, target) as core:
        core.store.write_now(lambda uow: uow.record(PasswordChanged(user_id=ANA)))
        assert core.store.read_now(lambda c: c.execute(select(func.max(event_log.c.seq))).scalar_one()) == highest + 1
        numbers = core.store.read_now(lambda c: c.execute(select(event_outbox.c.no)).scalars().all())
        assert len(numbers) == len(set(numbers))


def test_a_folder_somebody_works_on_is_refused(folder: Path, target: str) -> None:
    with embedded(folder), pytest.raises(CannotCopy, match="stop it"):
        copied(folder, target)
    assert standing(target) == {}


@pytest.mark.parametrize(("revision", "says"), [("0004", "daybeat migrate"), ("9999", "newer Daybeat")])
def test_another_version_is_refused(folder: Path, target: str, revision: str, says: str) -> None:
    with embedded(folder) as core:
        core.store.write_now(
            lambda uow: uow.connection.execute(text("UPDATE alembic_version SET version_num = :n"), {"n": revision})
        )
        core.store.close()
        with pytest.raises(CannotCopy, match="stop it"):
            copied(folder, target)
    with pytest.raises(CannotCopy, match=says):
        copied(folder, target)


def test_no_database_is_named_and_none_is_made(tmp_path: Path, target: str) -> None:
    with pytest.raises(CannotCopy, match=r"no database .*nowhere"):
        copied(tmp_path / "nowhere", target)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "daybeat.db").write_bytes(b"something else altogether")
    with pytest.raises(CannotCopy, match="not a database"):
        copied(tmp_path, target)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://root:hush@127.0.0.1/daybeat", "has to be a PostgreSQL"),
        ("hush", "cannot be read"),
        ("postgresql://daybeat:hush@127.0.0.1:9/daybeat", "does not take it"),
    ],
)
def test_another_target_is_refused_without_its_password(folder: Path, address: str, says: str) -> None:
    with pytest.raises(CannotCopy, match=says) as refused:
        copied(folder, address)
    assert "hush" not in str(refused.value)


def test_a_target_that_may_forget_is_refused(folder: Path, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "_CAREFUL", ("fsync", "ssl"))  # ssl is off here, as fsync would be
    with pytest.raises(CannotCopy, match="ssl=off"):
        copied(folder, target)


def test_nothing_is_overwritten(folder: Path, target: str) -> None:
    copied(folder, target)
    before = standing(target)
    with pytest.raises(CannotCopy, match=r"holds rows already, in .*check_ins"):
        copied(folder, target)
    assert standing(target) == before


def test_empty_tables_are_no_hindrance(folder: Path, target: str) -> None:
    with moved(folder, target):
        pass
    assert copied(folder, target).tables


@pytest.mark.parametrize(("note", "says"), [("nul \x00", "NUL"), ("x" * 101, "too long")])
def test_a_row_that_does_not_fit_is_named_and_all_is_taken_back(
    folder: Path, target: str, note: str, says: str
) -> None:
    with embedded(folder) as core:
        user = core.store.read_now(lambda c: c.execute(select(users.c.id).order_by(users.c.name)).scalars().all()[-1])
        core.store.write_now(
            lambda uow: uow.connection.execute(update(users).where(users.c.id == user).values(name=note))
        )
    with pytest.raises(CannotCopy, match=f"id={user.hex} of users: .*{says}"):
        copied(folder, target)
    assert standing(target) == {}


def test_a_difference_is_found_and_all_is_taken_back(folder: Path, target: str) -> None:
    with moved(folder, target):
        pass
    with psycopg.connect(target) as connection:
        connection.execute(
            "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.score := 5; RETURN NEW; END'"
        )
        connection.execute(
            "CREATE TRIGGER spoil BEFORE INSERT ON moods FOR EACH ROW WHEN (NEW.score = 3) EXECUTE FUNCTION spoil()"
        )
    with pytest.raises(CannotCopy, match="copy of moods differs at id="):
        copied(folder, target)
    assert sum(standing(target).values()) == 1  # the revision


def test_whoever_stops_it_finds_the_target_empty(folder: Path, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(copying, "check", stop)
    with pytest.raises(KeyboardInterrupt):
        copied(folder, target)
    assert standing(target) == {}
    monkeypatch.undo()
    assert copied(folder, target).tables


def test_activity_events_go_along_and_their_rules_look_at_what_comes_later(folder: Path, target: str) -> None:
    said = [
        event(metadata={"a": [1.5, "é 😀"]} if number % 2 else None, user_id=2**40 + number) for number in range(25)
    ]
    refusal = Refusal(UUID(int=9), NOBODY, b"\x00no event", "no reason")
    with embedded(folder) as core:
        core.activity.append(Batch(said, [refusal]))
    told = {each.table: each.rows for each in copied(folder, target).tables}
    assert told["user_activities"] == 25
    with moved(folder, target) as core:
        rows = core.activity.read_now(lambda connection: events_after(connection, Wanted(account=None), 0, 100))
        assert [row.user_id for row in rows] == [each.user_id for each in said]
        assert core.activity.read_now(count_refused) == 1
        assert core.store.read_now(reached_by_rules) is None


def test_events_that_are_there_already_are_no_hindrance_and_foreign_ones_are(folder: Path, target: str) -> None:
    with embedded(folder) as core:
        core.activity.append(Batch([event() for _ in range(5)]))
    for _ in range(2):
        (checked,) = copy_events(folder, target, lambda *_: lambda _done: None)
        assert checked.rows == 5
    with moved(folder, target) as core:
        core.activity.append(Batch([event()]))
    with pytest.raises(CannotCopy, match="needs an empty place"):
        copy_events(folder, target, lambda *_: lambda _done: None)


def test_the_command_gives_rows_and_checksums(folder: Path, target: str) -> None:
    words = ["copy", "--from", f"sqlite:///{folder}/daybeat.db", "--to", target]
    answer = CliRunner().invoke(commands, [*words, "--json"])
    assert answer.exit_code == 0, answer.output
    told = {each["table"]: each for each in json.loads(answer.stdout)["tables"]}
    assert told["users"]["rows"] == standing(target)["users"] == 2
    assert len(told["users"]["sha256"]) == 64
    assert str(folder / "secret.key") in "".join(answer.stderr.split("\n"))
    assert "holds rows already" in str(CliRunner().invoke(commands, words).exception)
