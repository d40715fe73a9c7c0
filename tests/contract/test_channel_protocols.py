"""What each channel makes of a message in the way of its own protocol."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from daybeat.infra.web.outgoing import Outgoing
from daybeat.infra.web.push_keys import public_key
from daybeat.modules.notifications.channels.mqtt import MqttChannel
from daybeat.modules.notifications.channels.ntfy import NtfyChannel
from daybeat.modules.notifications.channels.port import Action, BadAddress, Channel, Gone, Later, Message, Refused
from daybeat.modules.notifications.channels.web_push import LONGEST_PAYLOAD, WebPushChannel, payload
from daybeat.modules.notifications.channels.webhook import WebhookChannel
from tests.contract.test_channels import ACTIONS, LINK, REMINDER
from tests.support.channels import SECRET, Rig, webhook_rig
from tests.support.ntfy_server import NtfyServer
from tests.support.push_service import PushService
from tests.support.webhook_receiver import Reply

pytestmark = pytest.mark.once

MOODS = tuple(Action(f"score:{score}", str(score), LINK, f"score={score}") for score in range(1, 6))


def send(channel: Channel, address: object, *messages: Message) -> None:
    async def work() -> None:
        try:
            for message in messages:
                await channel.send(address, message)  # type: ignore[arg-type]
        finally:
            if (outgoing := getattr(channel, "_outgoing", None)) is not None:
                await outgoing.close()

    asyncio.run(work())


@pytest.fixture
def ntfy() -> Iterator[NtfyServer]:
    server = NtfyServer()
    with server.running():
        yield server


@pytest.fixture
def browser() -> Iterator[PushService]:
    server = PushService(public_key(SECRET))
    with server.running():
        yield server


def home() -> Outgoing:
    return Outgoing(allow_private=True)


def test_ntfy_gets_buttons_that_act(ntfy: NtfyServer) -> None:
    send(NtfyChannel(home()), {"server": ntfy.url, "topic": "ana"}, REMINDER)
    (said,) = ntfy.messages
    assert [button["label"] for button in said["actions"]] == ["Done", "Skip", "Later"]
    assert said["actions"][0] == {
        "action": "http",
        "label": "Done",
        "url": LINK,
        "method": "POST",
        "headers": {"Content-Type": "application/x-www-form-urlencoded"},
        "body": "do=done",
        "clear": True,
    }
    assert said["click"] == REMINDER.link


def test_five_faces_are_more_than_ntfy_has_buttons_for(ntfy: NtfyServer) -> None:
    send(NtfyChannel(home()), {"server": ntfy.url, "topic": "ana"}, replace(REMINDER, actions=MOODS))
    (said,) = ntfy.messages
    assert "actions" not in said
    assert said["click"] == LINK


def test_a_topic_behind_a_token_takes_nothing_without_it(ntfy: NtfyServer) -> None:
    with pytest.raises(Refused):
        send(NtfyChannel(home()), {"server": ntfy.url, "topic": "private"}, REMINDER)


def test_an_ntfy_topic_is_at_the_public_server_unless_another_is_named() -> None:
    assert NtfyChannel(Outgoing()).check({"topic": "ana"}) == {"server": "https://ntfy.sh", "topic": "ana"}


@pytest.mark.parametrize("address", [{"topic": "a/b"}, {"topic": "a", "token": "a b"}, {"topic": "a", "token": "ä"}])
def test_an_ntfy_address_that_cannot_be_is_refused(address: dict[str, str]) -> None:
    with pytest.raises(BadAddress):
        NtfyChannel(Outgoing()).check(address)


@pytest.mark.parametrize("server", ["http://localhost", "http://192.168.0.1", "https://ntfy.sh/topic", "ftp://ntfy.sh"])
def test_an_ntfy_server_is_a_server_and_not_inside(server: str) -> None:
    with pytest.raises(BadAddress):
        NtfyChannel(Outgoing()).check({"server": server, "topic": "ana"})


def test_an_address_inside_is_refused_again_when_something_is_sent(ntfy: NtfyServer) -> None:
    with pytest.raises(Refused, match="private"):
        send(NtfyChannel(Outgoing()), {"server": ntfy.url, "topic": "ana"}, REMINDER)
    assert not ntfy.requests


@pytest.fixture
def webhook(tmp_path: Path) -> Iterator[Rig]:
    with webhook_rig(tmp_path) as rig:
        yield rig


def test_a_webhook_gets_a_secret_of_its_own_once() -> None:
    channel = WebhookChannel(Outgoing())
    first, second = (channel.check({"url": "https://example.org/hook"}) for _ in range(2))
    assert first["secret"].startswith("whsec_")
    assert first["secret"] != second["secret"]
    assert channel.check(first) == first


@pytest.mark.parametrize("secret", ["whsec_", "whsec_c2hvcnQ=", "c" * 40, "whsec_!!!"])
def test_a_weak_secret_is_refused(secret: str) -> None:
    with pytest.raises(BadAddress):
        WebhookChannel(Outgoing()).check({"url": "https://example.org/hook", "secret": secret})


def test_a_webhook_names_what_can_be_done(webhook: Rig) -> None:
    webhook.send(REMINDER)
    (request,) = webhook.requests()
    assert request.json["type"] == "notification.reminder"
    assert request.json["data"]["actions"][1] == {"name": "skip", "label": "Skip", "url": LINK, "form": "do=skip"}


def test_a_browser_reads_what_to_show_and_do(browser: PushService) -> None:
    channel = WebPushChannel(home(), SECRET, "mailto:owner@example.org")
    send(channel, channel.check(browser.subscription), REMINDER)
    (shown,) = browser.shown
    assert shown["actions"][0] == {"name": "done", "label": "Done", "url": LINK, "form": "do=done"}
    assert (shown["link"], shown["tag"]) == (REMINDER.link, str(REMINDER.subject))


def test_a_message_about_the_same_replaces_the_one_that_still_waits(browser: PushService) -> None:
    channel = WebPushChannel(home(), SECRET, "mailto:owner@example.org")
    follow_up, other = replace(REMINDER, id=UUID(int=3)), replace(REMINDER, subject=UUID(int=4))
    send(channel, browser.subscription, REMINDER, follow_up, other)
    first, second, third = (request.headers["topic"] for request in browser.requests)
    assert first == second != third


def test_a_push_service_sees_the_same_pass_for_a_while(browser: PushService) -> None:
    send(WebPushChannel(home(), SECRET, "https://daybeat.example"), browser.subscription, REMINDER, REMINDER)
    assert len(browser.passes) == 2
    assert len(set(browser.passes)) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_unsubscribed_is_gone(browser: PushService, status: int) -> None:
    browser.reply = Reply(status)
    with pytest.raises(Gone):
        send(WebPushChannel(home(), SECRET, "mailto:owner@example.org"), browser.subscription, REMINDER)


def test_a_payload_stays_below_what_every_push_service_takes() -> None:
    wide = tuple(replace(action, label="🙂" * 500) for action in ACTIONS)
    for message in (replace(REMINDER, body='"' * 100_000), replace(REMINDER, actions=wide, body="a" * 9000)):
        assert len(payload(message)) <= LONGEST_PAYLOAD


def test_a_browser_is_reached_by_https_only(browser: PushService) -> None:
    insecure = {**browser.subscription, "endpoint": "http://push.example.org/x"}
    with pytest.raises(BadAddress, match="https"):
        WebPushChannel(Outgoing(), SECRET, "mailto:owner@example.org").check(insecure)


@pytest.mark.parametrize("keys", [None, {}, {"p256dh": "AAAA", "auth": "AAAA"}, {"p256dh": 5, "auth": None}])
def test_keys_that_no_browser_made_are_refused(browser: PushService, keys: object) -> None:
    with pytest.raises(BadAddress):
        WebPushChannel(home(), SECRET, "mailto:owner@example.org").check({**browser.subscription, "keys": keys})


def test_without_a_broker_there_is_no_mqtt() -> None:
    assert not MqttChannel(None).readiness().ready
    with pytest.raises(Later):
        send(MqttChannel(None), {}, REMINDER)


def test_checking_addresses_loads_none_of_what_only_sending_needs() -> None:
    """The web server checks addresses, and shall stay small."""
    names = ("answers", "apprise_url", "email", "mqtt", "ntfy", "web_push", "webhook")
    imports = "\n".join(f"import daybeat.modules.notifications.channels.{name}" for name in names)
    check = "import sys; print({'apprise', 'http_ece', 'py_vapid', 'smtplib', 'httpcore2'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", f"{imports}\n{check}"], capture_output=True, text=True, check=True)  # noqa: S603
    assert ran.stdout.strip() == "set()"
