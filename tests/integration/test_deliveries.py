"""From a fact to a message: told once, in order, again when it failed, and not at all when it is no longer needed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from daybeat.contracts.habits import CheckInRecorded, DayState, HabitArchived
from daybeat.contracts.notifications import AnalyticsReady, HabitCheck
from daybeat.kit.ids import new_id
from daybeat.modules.notifications.models import notification_channels, notification_deliveries
from tests.support.daybeat import Daybeat, Person, running_daybeat
from tests.support.notified import channel_at, delivered, happens, ntfy, reminder, until
from tests.support.ntfy_server import NtfyServer
from tests.support.webhook_receiver import Reply

AWAY = Reply(503)


@pytest.fixture
def daybeat(tmp_path: Path) -> Iterator[Daybeat]:
    with running_daybeat(tmp_path / "data", allow_private_targets=True) as running:
        yield running


@pytest.fixture
def server() -> Iterator[NtfyServer]:
    with ntfy() as server:
        yield server


@pytest.fixture
def ana(daybeat: Daybeat) -> Person:
    return daybeat.person()


def channel(person: Person) -> Any:
    return person.get("/notifications/channels")["items"][0]


def test_a_reminder_arrives_with_buttons_and_is_written_down(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    channel_at(ana, server)
    happens(daybeat, reminder(daybeat, ana))
    [sent] = delivered(ana, "sent")
    [message] = server.messages
    assert message["title"] == sent["title"] == "Drink water"
    assert message["message"] == sent["body"] == "Still open today. Your streak: 3 days."
    assert [action["label"] for action in message["actions"]] == ["Done", "Skip", "In 30 min"]
    assert (channel(ana)["state"], channel(ana)["waiting"]) == ("ok", 0)


def test_only_what_is_wanted_is_told_and_only_to_its_user(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    ben = daybeat.person("ben@example.org")
    channel_at(ana, server, "reminders", kinds=["reminders"])
    channel_at(ben, server, "ben")
    praise = HabitCheck(
        user_id=UUID(ana.id),
        habit_id=new_id(),
        title="Run",
        date=datetime.now(UTC).date(),
        streak=7,
        unit="day",
        best=True,
    )
    happens(daybeat, praise, reminder(daybeat, ana, "Read"))
    delivered(ana, "sent")
    assert [(each["topic"], each["title"]) for each in server.messages] == [("reminders", "Read")]


def test_what_failed_is_tried_again_and_nothing_overtakes_it(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    channel_at(ana, server)
    server.reply = AWAY
    happens(daybeat, reminder(daybeat, ana, "first"))
    [failed] = delivered(ana, "failed")
    assert failed["reason"]
    assert channel(ana)["state"] == "failing"
    happens(daybeat, reminder(daybeat, ana, "second"))
    server.reply = Reply()
    daybeat.clock.forward(seconds=3)
    delivered(ana, "sent", 2)
    assert [each["title"] for each in server.messages] == ["first", "second"]
    assert channel(ana)["failing_since"] is None


def test_a_server_that_asks_for_time_gets_it(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    channel_id = channel_at(ana, server)
    server.reply = Reply(429, {"Retry-After": "600"})
    happens(daybeat, reminder(daybeat, ana))
    delivered(ana, "failed")
    until(lambda: held_until(daybeat, channel_id) == daybeat.clock.now() + timedelta(minutes=10))


def test_what_helps_nobody_any_more_is_not_sent(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    channel_at(ana, server)
    server.reply = AWAY
    happens(daybeat, reminder(daybeat, ana, expires_at=daybeat.clock.now() + timedelta(minutes=10)))
    delivered(ana, "failed")
    daybeat.clock.forward(minutes=10)
    [dropped] = delivered(ana, "dropped")
    assert dropped["reason"] == "too late"


def test_a_message_nobody_takes_does_not_block_the_next(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    channel_at(ana, server)
    server.reply = Reply(400)
    happens(daybeat, reminder(daybeat, ana, "never"))
    delivered(ana, "dead")
    server.reply = Reply()
    happens(daybeat, reminder(daybeat, ana, "next"))
    assert [each["title"] for each in delivered(ana, "sent")] == ["next"]


def test_done_meanwhile_is_not_reminded_of_any_more(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    channel_at(ana, server)
    server.reply = AWAY
    first, other = reminder(daybeat, ana, "done elsewhere"), reminder(daybeat, ana, "put away")
    happens(daybeat, first, other)
    delivered(ana, "failed")
    done = DayState(state="done", amount=None, count=1)
    happens(
        daybeat,
        CheckInRecorded(
            user_id=UUID(ana.id),
            habit_id=first.habit_id,
            check_in_id=new_id(),
            date=first.date,
            state="done",
            amount=None,
            day=done,
            stats=None,
        ),
        HabitArchived(user_id=UUID(ana.id), habit_id=other.habit_id, on=other.date),
    )
    dropped = delivered(ana, "dropped", 2)
    assert [each["reason"] for each in dropped] == ["done meanwhile", "archived meanwhile"]
    assert server.messages == []


def test_many_at_once_are_said_in_one_message(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    channel_id = channel_at(ana, server)
    hold(daybeat, channel_id, daybeat.clock.now() + timedelta(seconds=30))
    happens(daybeat, *(reminder(daybeat, ana, title) for title in ("Read", "Run", "Write", "Rest")))
    delivered(ana, "pending", 4)
    daybeat.clock.forward(seconds=31)
    delivered(ana, "sent", 4)
    [message] = server.messages
    assert message["title"] == "4 habits are waiting"
    assert message["message"].splitlines() == ["\u2022 Read", "\u2022 Run", "\u2022 Write", "\u2022 Rest"]


def test_what_was_on_its_way_when_the_sender_died_is_sent_again_and_counted(
    daybeat: Daybeat, ana: Person, server: NtfyServer
) -> None:
    channel_id = channel_at(ana, server)
    hold(daybeat, channel_id, daybeat.clock.now() + timedelta(seconds=30))
    happens(daybeat, reminder(daybeat, ana))
    delivered(ana, "pending")
    daybeat.core.store.write_now(
        lambda uow: uow.connection.execute(update(notification_deliveries).values(state="sending"))
    )
    daybeat.clock.forward(seconds=31)
    [sent] = delivered(ana, "sent")
    assert len(server.messages) == 1
    row = daybeat.core.store.read_now(lambda c: c.execute(select(notification_deliveries)).one())
    assert (str(row.id), row.uncertain) == (sent["id"], 1)


def test_a_report_is_written_in_the_language_of_the_channel(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    channel_at(ana, server, "en")
    channel_at(ana, server, "de", language="de")
    day = daybeat.clock.now().date()
    happens(
        daybeat,
        AnalyticsReady(
            user_id=UUID(ana.id),
            report="daily",
            first=day,
            last=day,
            completed=3,
            due=4,
            best_title="Read",
            best_streak=4,
            best_unit="day",
            advice="protect",
            advice_title="Run",
        ),
    )
    delivered(ana, "sent", 2)
    by_topic = {each["topic"]: each for each in server.messages}
    assert by_topic["en"]["message"].splitlines() == [
        "3 of 4 completed",
        "Longest streak: Read, 4 days",
        "Look after Run: that streak is worth keeping.",
    ]
    assert by_topic["de"]["title"] == "Dein Tag"


def test_the_test_button_tells_how_it_went(ana: Person, server: NtfyServer) -> None:
    channel_id = channel_at(ana, server, name="My phone")
    made = ana.post("/notifications/test", {"channel": channel_id})
    assert made["state"] == "pending"
    until(lambda: ana.get(f"/notifications/deliveries/{made['id']}")["state"] == "sent")
    assert server.messages[0]["message"] == "Daybeat can reach you here: My phone."


def test_a_switched_off_channel_is_told_nothing(daybeat: Daybeat, ana: Person, server: NtfyServer) -> None:
    off, on = channel_at(ana, server, "off"), channel_at(ana, server, "on")
    ana.patch(f"/notifications/channels/{off}", {"enabled": False})
    assert ana.ask("POST", "/notifications/test", json={"channel": off}).status_code == 409
    happens(daybeat, reminder(daybeat, ana))
    assert [each["channel_id"] for each in delivered(ana, "sent")] == [on]


def hold(daybeat: Daybeat, channel_id: str, until: datetime) -> None:
    ours = notification_channels.c.id == UUID(channel_id)
    change = update(notification_channels).where(ours).values(hold_until=until)
    daybeat.core.store.write_now(lambda uow: uow.connection.execute(change))


def held_until(daybeat: Daybeat, channel_id: str) -> datetime | None:
    ours = notification_channels.c.id == UUID(channel_id)
    query = select(notification_channels.c.hold_until).where(ours)
    found: datetime | None = daybeat.core.store.read_now(lambda c: c.execute(query).scalar_one())
    return found
