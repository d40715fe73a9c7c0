"""What notifications may expect from every channel, with the real thing at its other end."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from daybeat.kit.errors import DomainError
from daybeat.modules.notifications.channels.port import Action, Gone, Later, Message, Refused
from tests.support.channels import ANA, RIGS, Rig

pytestmark = pytest.mark.once

LINK = "https://daybeat.example/r/abc"
ACTIONS = (
    Action("done", "Done", LINK, "do=done"),
    Action("skip", "Skip", LINK, "do=skip"),
    Action("snooze", "Later", LINK, "do=snooze"),
)
REMINDER = Message(
    id=UUID("01a204d1-0000-7c3c-bb7c-000000000001"),
    user_id=ANA,
    kind="reminder",
    title="Read 20 pages",
    body="You usually read about now.\nYour streak is 7 days.",
    link="https://daybeat.example/today",
    language="en",
    subject=UUID("01a204d1-0000-7c3c-bb7c-000000000002"),
    actions=ACTIONS,
)
FAMILY = "👨‍👩‍👧‍👦"
INJECTED = "<script>alert(1)</script> [x](javascript:alert(1)) *b* _i_ `c` &amp; 'q' \"q\""
OF_THE_WEB = ("email", "ntfy", "webhook", "web_push", "apprise")
WITH_AN_ID = ("email", "ntfy", "webhook", "web_push", "mqtt")


@pytest.fixture
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with RIGS[request.param](tmp_path / "broker") as made:
        yield made


every_channel = pytest.mark.parametrize("rig", list(RIGS), indirect=True)
every_web_channel = pytest.mark.parametrize("rig", OF_THE_WEB, indirect=True)


@every_channel
def test_a_message_arrives_with_its_title_and_its_text(rig: Rig) -> None:
    rig.send(REMINDER)
    (got,) = rig.got()
    assert got.title == REMINDER.title
    assert REMINDER.body in got.body


@pytest.mark.parametrize("rig", WITH_AN_ID, indirect=True)
def test_a_message_that_is_sent_again_can_be_known_again(rig: Rig) -> None:
    rig.send(REMINDER)
    rig.send(REMINDER)
    rig.send(replace(REMINDER, id=UUID(int=7)))
    first, again, other = (got.id for got in rig.got())
    assert str(REMINDER.id) in first
    assert first == again != other


@every_web_channel
def test_a_recipient_that_is_gone_is_told_from_a_refusal(rig: Rig) -> None:
    rig.trouble["gone"]()
    with pytest.raises(Gone):
        rig.send(REMINDER)


@every_web_channel
def test_a_refused_message_is_not_tried_again(rig: Rig) -> None:
    rig.trouble["refused"]()
    with pytest.raises(Refused):
        rig.send(REMINDER)


@every_channel
def test_trouble_that_passes_is_told_as_such(rig: Rig) -> None:
    rig.trouble["later"]()
    with pytest.raises(Later):
        rig.send(REMINDER)


@pytest.mark.parametrize("rig", ["ntfy", "webhook", "web_push"], indirect=True)
def test_a_server_that_names_a_time_is_heard(rig: Rig) -> None:
    rig.trouble["later"]()
    with pytest.raises(Later) as told:
        rig.send(REMINDER)
    assert told.value.after == 7


@every_channel
def test_a_server_that_keeps_silent_is_not_waited_for(rig: Rig) -> None:
    with pytest.raises(Later):
        rig.send_slowly(REMINDER)


@every_channel
def test_a_text_that_is_too_long_arrives_shortened_between_two_signs(rig: Rig) -> None:
    rig.send(replace(REMINDER, title=FAMILY * 1000, body=FAMILY * 8000, actions=()))
    (got,) = rig.got()
    for text in (got.title, got.body):
        assert len(text.encode()) < 60_000
        assert FAMILY in text
        assert "…" in text
        whole = text.replace(REMINDER.link, "").replace(FAMILY, "")
        assert not set(whole) & set(FAMILY), "a family was torn apart"


@every_channel
def test_a_huge_text_arrives(rig: Rig) -> None:
    rig.send(replace(REMINDER, body='"\\\n' * 34_000))
    (got,) = rig.got()
    assert '"\\' in got.body


@every_channel
def test_what_looks_like_markup_arrives_as_it_was_written(rig: Rig) -> None:
    rig.send(replace(REMINDER, title=INJECTED, body=INJECTED))
    (got,) = rig.got()
    assert got.title == INJECTED
    assert INJECTED in got.body


@every_channel
def test_line_ends_in_a_title_begin_nothing_new(rig: Rig) -> None:
    rig.send(replace(REMINDER, title="Read\r\nBcc: eve@example.org\r\n\r\n<b>now</b>\x00\u2028!"))
    (got,) = rig.got()
    assert got.title == "Read Bcc: eve@example.org <b>now</b> !"


@every_channel
def test_a_text_cannot_turn_around_what_stands_beside_it(rig: Rig) -> None:
    rig.send(replace(REMINDER, title="\u202egpj.exe\u2066", body="\u202ereversed\ud800 مرحبا"))
    (got,) = rig.got()
    assert got.title == "gpj.exe"
    assert "reversed\ufffd مرحبا" in got.body


@every_channel
def test_an_empty_text_is_no_trouble(rig: Rig) -> None:
    rig.send(replace(REMINDER, body=""))
    (got,) = rig.got()
    assert got.title == REMINDER.title


@every_channel
def test_an_address_is_shown_without_its_secrets(rig: Rig) -> None:
    shown = rig.channel.shown(rig.address)
    assert 0 < len(shown) < 200
    assert not [secret for secret in rig.secrets if secret in shown]


@every_channel
def test_an_address_that_was_kept_is_checked_to_the_same(rig: Rig) -> None:
    assert rig.channel.check(rig.address) == rig.address


@every_channel
def test_trouble_tells_no_secrets(rig: Rig) -> None:
    rig.trouble["later"]()
    with pytest.raises(Later) as told:
        rig.send(REMINDER)
    assert str(told.value).endswith(".")
    assert not [secret for secret in rig.secrets if secret in str(told.value)]


@pytest.mark.parametrize("rig", [name for name in RIGS if name != "mqtt"], indirect=True)
@pytest.mark.parametrize("given", [{}, None, 5, "x" * 5000, ["a"], "a\r\nb", {"a": 1}, "\ud800", True])
def test_nonsense_is_refused_with_words(rig: Rig, given: Any) -> None:
    address = {} if given == {} else dict.fromkeys(rig.address, given)
    with pytest.raises(DomainError) as told:
        rig.channel.check(address)
    assert told.value.detail.endswith(".")


@every_channel
def test_a_channel_that_is_set_up_is_ready(rig: Rig) -> None:
    assert rig.channel.readiness().ready
