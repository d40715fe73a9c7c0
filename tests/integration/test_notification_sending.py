"""What becomes of messages while places fail, move, are switched off, or something is over meanwhile."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from daybeat.contracts.habits import CheckInRecorded, DayState, HabitArchived
from daybeat.kit.ids import new_id
from tests.support.database import caught_up
from tests.support.daybeat import Daybeat, Person
from tests.support.days import use_program_token
from tests.support.notified import channel_at, delivered, happens, ntfy, reminder, until
from tests.support.ntfy_server import NtfyServer
from tests.support.places import PatientServer, channel, doubtful, is_held, refused
from tests.support.webhook_receiver import Reply


@pytest.fixture
def server() -> Iterator[NtfyServer]:
    with ntfy() as server:
        yield server


@pytest.fixture
def patient() -> Iterator[PatientServer]:
    server = PatientServer()
    with server.running():
        try:
            yield server
        finally:
            server.go_on.set()


def test_a_place_that_is_gone_is_blocked_until_it_is_switched_on_again(
    house: Daybeat, ana: Person, server: NtfyServer
) -> None:
    made = channel_at(ana, server)
    server.reply = Reply(410)
    happens(house, reminder(house, ana, "lost"))
    [dead] = delivered(ana, "dead")
    assert "does not exist any more" in dead["reason"]
    blocked = channel(ana, made)
    assert (blocked["state"], blocked["waiting"], blocked["last_error"]) == ("blocked", 0, dead["reason"])
    assert blocked["failing_since"] is not None
    refused(ana.ask("POST", "/notifications/test", json={"channel": made}), 409)
    server.reply = Reply()
    happens(house, reminder(house, ana, "not told"))
    caught_up(house)
    ana.patch(f"/notifications/channels/{made}", {"enabled": True})
    again = channel(ana, made)
    assert (again["state"], again["last_error"], again["failing_since"]) == ("new", None, None)
    happens(house, reminder(house, ana, "told"))
    assert [each["title"] for each in delivered(ana, "sent")] == ["told"]
    assert [each["title"] for each in server.messages] == ["told"]


def test_another_address_lets_a_blocked_place_be_tried_again(house: Daybeat, ana: Person, server: NtfyServer) -> None:
    made = channel_at(ana, server)
    server.reply = Reply(410)
    happens(house, reminder(house, ana))
    delivered(ana, "dead")
    server.reply = Reply()
    address = {"server": server.url, "topic": "new"}
    assert ana.patch(f"/notifications/channels/{made}", {"address": address})["state"] == "new"
    happens(house, reminder(house, ana))
    delivered(ana, "sent")
    assert [each["topic"] for each in server.messages] == ["new"]


def test_what_waits_for_a_place_goes_when_it_is_switched_off(house: Daybeat, ana: Person, server: NtfyServer) -> None:
    made = channel_at(ana, server)
    server.reply = Reply(503)
    happens(house, reminder(house, ana, "first"))
    delivered(ana, "failed")
    happens(house, reminder(house, ana, "second"))
    until(lambda: channel(ana, made)["waiting"] == 2)
    ana.patch(f"/notifications/channels/{made}", {"enabled": False})
    dropped = delivered(ana, "dropped", 2)
    assert {each["reason"] for each in dropped} == {"this channel was switched off"}
    server.reply = Reply()
    ana.patch(f"/notifications/channels/{made}", {"enabled": True})
    happens(house, reminder(house, ana, "third"))
    delivered(ana, "sent")
    assert [each["title"] for each in server.messages] == ["third"]


def test_a_test_that_fails_says_why(house: Daybeat, ana: Person) -> None:
    use_program_token(ana)
    nobody = {"server": "http://127.0.0.1:9", "topic": "x"}
    made = ana.post("/notifications/channels", {"kind": "ntfy", "address": nobody})
    delivery = ana.post("/notifications/test", {"channel": made["id"]})["id"]
    failed = until(lambda: (shown := ana.get(f"/notifications/deliveries/{delivery}"))["state"] == "failed" and shown)
    assert failed["reason"]
    assert failed["next_at"] is not None
    house.clock.forward(days=1)
    shown = until(lambda: (shown := ana.get(f"/notifications/deliveries/{delivery}"))["state"] == "dropped" and shown)
    assert shown["reason"] == "too late"


def test_nothing_is_sent_twice_because_somebody_tries_the_place_meanwhile(
    house: Daybeat, ana: Person, patient: PatientServer
) -> None:
    made = channel_at(ana, patient)
    happens(house, reminder(house, ana, "once"))
    assert patient.came.acquire(timeout=20)
    ana.post("/notifications/test", {"channel": made})
    assert is_held(house, made)
    ana.patch(f"/notifications/channels/{made}", {"enabled": True})
    assert is_held(house, made)
    ana.patch(f"/notifications/channels/{made}", {"address": {"server": patient.url, "topic": "ana"}})
    assert is_held(house, made)
    patient.go_on.set()
    delivered(ana, "sent", 2)
    assert [each["title"] for each in patient.messages] == ["once", "It works"]
    assert doubtful(house, made) == 0


def test_what_is_on_its_way_when_its_place_is_switched_off_is_not_tried_again(
    house: Daybeat, ana: Person, patient: PatientServer
) -> None:
    made = channel_at(ana, patient)
    happens(house, reminder(house, ana))
    assert patient.came.acquire(timeout=20)
    ana.patch(f"/notifications/channels/{made}", {"enabled": False})
    patient.reply = Reply(503)
    patient.go_on.set()
    until(lambda: channel(ana, made)["state"] == "failing")
    [dropped] = delivered(ana, "dropped")
    assert dropped["reason"] == "this channel was switched off"
    assert channel(ana, made)["waiting"] == 0


def test_what_is_done_while_its_reminder_is_on_its_way_is_not_reminded_of_again(
    house: Daybeat, ana: Person, patient: PatientServer
) -> None:
    made = channel_at(ana, patient)
    fact = reminder(house, ana)
    happens(house, fact)
    assert patient.came.acquire(timeout=20)
    day = DayState(state="done", amount=None, count=1)
    done = CheckInRecorded(
        user_id=UUID(ana.id),
        habit_id=fact.habit_id,
        check_in_id=new_id(),
        date=fact.date,
        state="done",
        amount=None,
        day=day,
        stats=None,
    )
    happens(house, done)
    caught_up(house)
    patient.reply = Reply(503)
    patient.go_on.set()
    until(lambda: channel(ana, made)["state"] == "failing")
    [dropped] = delivered(ana, "dropped")
    assert dropped["reason"] == "done meanwhile"
    assert channel(ana, made)["waiting"] == 0


def test_what_waited_for_its_turn_is_not_said_when_it_is_over_meanwhile(
    house: Daybeat, ana: Person, patient: PatientServer
) -> None:
    channel_at(ana, patient)
    first, second, third = (reminder(house, ana, title) for title in ("first", "second", "third"))
    happens(house, first, second, third)
    assert patient.came.acquire(timeout=20)
    happens(house, HabitArchived(user_id=UUID(ana.id), habit_id=second.habit_id, on=second.date))
    caught_up(house)
    patient.go_on.set()
    delivered(ana, "sent", 2)
    assert [each["title"] for each in delivered(ana, "dropped")] == ["second"]
    assert [each["title"] for each in patient.messages] == ["first", "third"]


def test_a_place_that_moved_while_the_old_one_was_tried_is_not_blocked(
    house: Daybeat, ana: Person, patient: PatientServer
) -> None:
    made = channel_at(ana, patient)
    happens(house, reminder(house, ana))
    assert patient.came.acquire(timeout=20)
    ana.patch(f"/notifications/channels/{made}", {"address": {"server": patient.url, "topic": "new"}})
    patient.reply = Reply(410)
    patient.go_on.set()
    delivered(ana, "dead")
    assert channel(ana, made)["state"] == "new"


def test_what_got_through_after_all_counts_as_sent(house: Daybeat, ana: Person, patient: PatientServer) -> None:
    made = channel_at(ana, patient)
    happens(house, reminder(house, ana))
    assert patient.came.acquire(timeout=20)
    ana.patch(f"/notifications/channels/{made}", {"enabled": False})
    patient.go_on.set()
    [sent] = delivered(ana, "sent")
    assert sent["reason"] is None
