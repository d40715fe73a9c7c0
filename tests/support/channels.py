"""Each channel with the real thing at its other end, so that one set of tests can ask the same of all of them."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

from daybeat.infra.mqtt.address import parse_address
from daybeat.infra.mqtt.link import Link, Received, Session
from daybeat.infra.mqtt.sending import Sending
from daybeat.infra.web.outgoing import Outgoing
from daybeat.infra.web.push_keys import public_key
from daybeat.modules.notifications.channels.apprise_url import AppriseChannel
from daybeat.modules.notifications.channels.email import EmailChannel, read_server
from daybeat.modules.notifications.channels.mqtt import MqttChannel
from daybeat.modules.notifications.channels.ntfy import NtfyChannel
from daybeat.modules.notifications.channels.port import Channel, Message
from daybeat.modules.notifications.channels.web_push import WebPushChannel
from daybeat.modules.notifications.channels.webhook import WebhookChannel
from tests.support.mail_server import MailServer
from tests.support.mosquitto import PrivateMosquitto
from tests.support.ntfy_server import TOKEN, NtfyServer
from tests.support.push_service import PushService
from tests.support.webhook_receiver import Receiver, Reply, Request, WebhookReceiver, silent_server

SECRET = "k7Hs" * 8
ANA = UUID("01a204d1-8a28-7c3c-bb7c-950797c6e813")
SHORT, PATIENT = 0.4, 10.0  # seconds a channel may take


@dataclass(frozen=True)
class Got:
    """A message as it arrived; `id` is empty where a channel has nothing to carry it in."""

    id: str
    title: str
    body: str


@dataclass
class Rig:
    """A channel, somebody it can reach, and what came there. `secrets` must not be seen in what is shown."""

    channel: Channel
    address: Mapping[str, Any]
    got: Callable[[], list[Got]]
    secrets: tuple[str, ...] = ()
    requests: Callable[[], list[Request]] = list
    trouble: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    slow: Callable[[], tuple[Channel, Mapping[str, Any]]] | None = None
    runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    sent: int = 0

    def send(self, message: Message) -> str | None:
        answer = self.runner.run(self.channel.send(self.address, message))
        self.sent += 1
        return answer

    def send_slowly(self, message: Message) -> None:
        assert self.slow is not None
        channel, address = self.slow()
        self.runner.run(channel.send(address, message))


@contextmanager
def _outgoing(runner: asyncio.Runner, within: float = PATIENT) -> Iterator[Outgoing]:
    outgoing = Outgoing(allow_private=True, within=within)
    try:
        yield outgoing
    finally:
        runner.run(outgoing.close())


def _statuses(server: Receiver) -> dict[str, Callable[[], None]]:
    replies = {"gone": Reply(410), "refused": Reply(403), "later": Reply(503, {"Retry-After": "7"})}
    return {name: lambda reply=reply: setattr(server, "reply", reply) for name, reply in replies.items()}  # type: ignore[misc]


@contextmanager
def _web(
    server: Receiver, make: Callable[[Outgoing], Channel], address: Mapping[str, Any], slow: Callable[[int], Any]
) -> Iterator[Rig]:
    """Put a channel that speaks HTTP together; `slow` gives the address at a server that keeps silent."""
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        stack.enter_context(server.running())
        silent = stack.enter_context(silent_server())
        patient, hasty = (stack.enter_context(_outgoing(runner, within)) for within in (PATIENT, SHORT))
        channel = make(patient)
        kept = channel.check(address)
        rig = Rig(channel, kept, list, trouble=_statuses(server), runner=runner)
        rig.slow = lambda: (make(hasty), channel.check(slow(silent)))
        yield rig


@contextmanager
def ntfy_rig(_folder: Path) -> Iterator[Rig]:
    server = NtfyServer()
    address = {"server": server.url, "topic": "private", "token": TOKEN}
    with _web(server, NtfyChannel, address, lambda port: {**address, "server": f"http://127.0.0.1:{port}"}) as rig:
        rig.got = lambda: [Got(each["sequence_id"], each["title"], each["message"]) for each in server.messages]
        rig.secrets = (TOKEN, "private")
        yield rig


@contextmanager
def webhook_rig(_folder: Path) -> Iterator[Rig]:
    server = WebhookReceiver()
    address = {"url": f"{server.url}/hooks/s3cr3t-path?key=s3cr3t"}
    with _web(server, WebhookChannel, address, lambda port: {"url": f"http://127.0.0.1:{port}"}) as rig:
        server.secret = rig.address["secret"]
        rig.got = lambda: [
            Got(request.headers["webhook-id"], seen["data"]["title"], seen["data"]["body"])
            for request, seen in zip(server.requests, server.seen, strict=True)
        ]
        rig.secrets = (server.secret, "s3cr3t")
        rig.requests = lambda: server.requests
        yield rig


@contextmanager
def web_push_rig(_folder: Path) -> Iterator[Rig]:
    server = PushService(public_key(SECRET))
    address = server.subscription

    def make(outgoing: Outgoing) -> Channel:
        return WebPushChannel(outgoing, SECRET, "mailto:owner@example.org")

    def slow(port: int) -> Mapping[str, Any]:
        return {**address, "endpoint": f"http://127.0.0.1:{port}/x"}

    with _web(server, make, address, slow) as rig:
        rig.got = lambda: [Got(each["id"], each["title"], each["body"]) for each in server.shown]
        rig.secrets = (address["keys"]["auth"], address["keys"]["p256dh"], "gAAAAABsecret")
        yield rig


@contextmanager
def apprise_rig(_folder: Path) -> Iterator[Rig]:
    server = Receiver()

    def make(outgoing: Outgoing) -> Channel:
        return AppriseChannel(allow_private=True, within=outgoing.within)

    def url(port: int) -> Mapping[str, Any]:
        return {"url": f"json://ana:s3cr3t@127.0.0.1:{port}/token-s3cr3t?rto=600"}

    with _web(server, make, url(server.port), url) as rig:
        rig.got = lambda: [Got("", each.json["title"], each.json["message"]) for each in server.requests]
        rig.secrets = ("s3cr3t",)
        yield rig


@contextmanager
def email_rig(_folder: Path) -> Iterator[Rig]:
    with ExitStack() as stack:
        server, runner = MailServer(), stack.enter_context(asyncio.Runner())
        stack.enter_context(server.running())
        silent = stack.enter_context(silent_server())
        channel = EmailChannel(read_server(f"smtp://127.0.0.1:{server.port}"), "daybeat@example.org")
        address = channel.check({"to": "ana.secret@example.org"})
        rig = Rig(channel, address, lambda: [_mail(each) for each in server.mails], ("ana.secret",), runner=runner)
        rig.trouble = {
            "gone": lambda: setattr(server, "on_recipient", "550 5.1.1 no such user"),
            "refused": lambda: setattr(server, "on_message", "554 5.6.0 no"),
            "later": lambda: setattr(server, "on_recipient", "451 4.3.0 come back"),
        }
        hasty = EmailChannel(read_server(f"smtp://127.0.0.1:{silent}"), "daybeat@example.org", within=SHORT)
        rig.slow = lambda: (hasty, address)
        yield rig


def _mail(mail: EmailMessage) -> Got:
    part = mail.get_body(("plain",))
    assert part is not None
    text = part.get_content().replace("\r\n", "\n")
    return Got(mail["Message-ID"], mail["Subject"], text)


@contextmanager
def mqtt_rig(folder: Path) -> Iterator[Rig]:
    """A real Mosquitto; what counts is what another client hears there."""
    with PrivateMosquitto(folder, plugin=False, allow_anonymous="true") as broker, asyncio.Runner() as runner:
        heard: list[Received] = []
        sending, address = Sending(), parse_address(broker.url)
        staying = runner.run(_begin(sending.stay(address)))
        listener = runner.run(_listening(broker.url, f"daybeat/u/{ANA}/notification", heard))
        runner.run(until(lambda: sending.connected))
        rig = Rig(MqttChannel(sending), {}, lambda: _heard(rig, heard), runner=runner)
        rig.trouble = {"later": lambda: _gone(broker, sending, runner)}
        rig.slow = lambda: (_stopped(broker, sending), {})
        try:
            yield rig
        finally:
            _go_on(broker)
            staying.cancel()
            runner.run(_ended(staying, listener))


async def until(true: Callable[[], bool], within: float = 10.0) -> None:
    """Wait for something that another thread or process does."""
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, "it did not happen"
        await asyncio.sleep(0.01)


async def _begin(work: Any) -> asyncio.Task[None]:
    return asyncio.create_task(work)


async def _listening(url: str, topic: str, heard: list[Received]) -> Link:
    def hear(received: Received) -> None:
        heard.append(received)
        received.acknowledge()

    link = Link(parse_address(url), Session("listener", lasting=False), hear)
    await link.open()
    assert await link.subscribe([topic]) == [True]
    return link


def _heard(rig: Rig, heard: list[Received]) -> list[Got]:
    """Wait for what was sent: a broker confirms a message before it passes it on."""
    import json

    rig.runner.run(until(lambda: len(heard) >= rig.sent))
    assert not any(each.retained for each in heard)
    said = [json.loads(each.payload) for each in heard]
    return [Got(each["id"], each["title"], each["body"]) for each in said]


def _gone(broker: PrivateMosquitto, sending: Sending, runner: asyncio.Runner) -> None:
    broker.kill()
    runner.run(until(lambda: not sending.connected))


def _stopped(broker: PrivateMosquitto, sending: Sending) -> Channel:
    """Let the broker stand still, as an overloaded one does, with its connections open."""
    os.kill(_pid(broker), signal.SIGSTOP)
    return MqttChannel(sending, within=SHORT)


def _go_on(broker: PrivateMosquitto) -> None:
    if broker._process is not None and broker._process.poll() is None:
        os.kill(_pid(broker), signal.SIGCONT)


def _pid(broker: PrivateMosquitto) -> int:
    assert broker._process is not None
    return broker._process.pid


async def _ended(staying: asyncio.Task[None], listener: Link) -> None:
    await asyncio.gather(staying, return_exceptions=True)
    await listener.close()


RIGS: Mapping[str, Callable[[Path], AbstractContextManager[Rig]]] = {
    "email": email_rig,
    "ntfy": ntfy_rig,
    "webhook": webhook_rig,
    "web_push": web_push_rig,
    "mqtt": mqtt_rig,
    "apprise": apprise_rig,
}
