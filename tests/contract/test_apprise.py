"""Apprise knows a hundred services; none of them gets at the machine or the network that Daybeat lives in."""

import asyncio
import importlib
import inspect
import re
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daybeat.infra.web.fence import Fence, FencedOff
from daybeat.modules.notifications.channels.apprise_url import (
    AT_ONCE,
    HAVE_A_CHANNEL,
    OF_THE_MACHINE,
    AppriseChannel,
    _load,
    _service,
)
from daybeat.modules.notifications.channels.port import BadAddress, Later, Message, Refused
from tests.contract.test_channels import INJECTED, LINK, REMINDER
from tests.support.webhook_receiver import Receiver, Reply, endless_server

pytestmark = pytest.mark.once

_OUTSIDE_THE_FENCE = re.compile(
    r"^\s*(?:import|from)\s+(?:subprocess|dbus|gi|syslog|win32\w*|blink1\w*|paho|slixmpp|smpplib|gntp)\b"
    r"|threading\.Thread\(|sendto\(",
    re.MULTILINE,
)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    with server.running():
        yield server


def send(channel: AppriseChannel, url: str, message: Message = REMINDER) -> None:
    """Send to an address as it is, checked or not."""
    asyncio.run(channel.send({"url": url, "service": "Test"}, message))


def home() -> AppriseChannel:
    return AppriseChannel(allow_private=True)


def test_every_service_that_could_leave_the_fence_is_refused() -> None:
    """A new version of Apprise may bring new ones; then this says their names."""
    _load()
    manager = importlib.import_module("apprise.manager_plugins").NotificationManager()
    found = set()
    for plugin in manager.plugins():
        if _OUTSIDE_THE_FENCE.search(_source(plugin)):
            found |= {*_names(plugin.protocol), *_names(plugin.secure_protocol)}
    assert not found - OF_THE_MACHINE - set(HAVE_A_CHANNEL)
    assert {"gnome", "dbus", "macosx", "windows", "syslog", "xmpp"} <= found, "it looked in the wrong place"


def _source(plugin: type) -> str:
    """Read everything a service consists of, one file or a folder of them."""
    own = Path(inspect.getfile(plugin))
    files = [own] if own.parent.name == "plugins" else sorted(own.parent.glob("*.py"))
    return "\n".join(file.read_text() for file in files)


def _names(protocol: object) -> list[str]:
    return [protocol] if isinstance(protocol, str) else [str(each) for each in protocol or ()]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "url",
    [
        *(f"{scheme}://example" for scheme in sorted(OF_THE_MACHINE)),
        "MQTT://broker/topic",
        "GNOME://",
        "json://127.0.0.1/x",
        "jsons://[::1]/x",
        "xml://localhost",
        "form://192.168.1.1",
        "json://2130706433",
        "json://169.254.169.254/latest",
        "gotify://10.0.0.2/AbCdEfGhIjKlMnO",
        "fcm://project/device?keyfile=/etc/passwd",
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js?template=/etc/passwd",
        "json://example.org?a=file:///etc/passwd",
        "nothing://example.org",
        "json://example.org json://example.net\n",
        "",
    ],
)
def test_an_address_that_leads_inside_is_refused_at_once(url: str) -> None:
    with pytest.raises(BadAddress):
        AppriseChannel().check({"url": url})


def test_an_address_inside_is_reached_where_that_was_allowed() -> None:
    assert home().check({"url": "json://192.168.1.1"})["host"] == "192.168.1.1"
    with pytest.raises(BadAddress):
        home().check({"url": "json://169.254.169.254"})


def test_an_address_inside_is_refused_again_when_something_is_sent(receiver: Receiver) -> None:
    for host in ("127.0.0.1", "localhost"):
        with pytest.raises(Refused, match="private"):
            send(AppriseChannel(), f"json://{host}:{receiver.port}")
    assert not receiver.requests


def test_a_mail_server_inside_is_no_way_in(receiver: Receiver) -> None:
    url = f"mailto://ana:secret@example.org?smtp=127.0.0.1&port={receiver.port}&mode=insecure&to=eve@example.org"
    with pytest.raises(Refused, match="private"):
        send(AppriseChannel(), url)


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.reply = Reply(307, {"Location": f"{receiver.url}/elsewhere"})
    with pytest.raises(Refused):
        send(home(), f"json://127.0.0.1:{receiver.port}?redirect=yes")
    assert len(receiver.requests) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the library stumbles over its own no
def test_a_file_is_not_read_for_a_template(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    url = f"workflows://example.org/WORKFLOWID/SIGNATURE?template={secret}"
    with pytest.raises((Refused, Later)) as told:
        send(AppriseChannel(), url)
    assert "machine" in str(told.value)


def test_a_text_is_text_for_a_service_that_speaks_html(receiver: Receiver) -> None:
    send(home(), f"json://127.0.0.1:{receiver.port}?format=html", replace(REMINDER, body=INJECTED))
    (request,) = receiver.requests
    assert "<script" not in request.json["message"]
    assert "&lt;script&gt;" in request.json["message"]


def test_words_between_colons_and_backslashes_stay_what_they_are(receiver: Receiver) -> None:
    send(home(), f"json://127.0.0.1:{receiver.port}?emojis=no", replace(REMINDER, body=r":smile: a\nb"))
    assert r":smile: a\nb" in receiver.requests[0].json["message"]


def test_the_text_ends_with_where_the_buttons_lead(receiver: Receiver) -> None:
    send(home(), f"json://127.0.0.1:{receiver.port}")
    send(home(), f"json://127.0.0.1:{receiver.port}", replace(REMINDER, actions=()))
    first, second = (request.json["message"].splitlines()[-1] for request in receiver.requests)
    assert (first, second) == (LINK, REMINDER.link)


def test_servers_that_never_come_to_an_end_do_not_use_up_the_threads(receiver: Receiver) -> None:
    channel = AppriseChannel(allow_private=True, within=0.3)
    patient = AppriseChannel(allow_private=True)
    patient._threads = channel._threads

    async def work() -> None:
        with endless_server() as port:
            address = {"url": f"json://127.0.0.1:{port}", "service": "Test"}
            sent = (channel.send(address, REMINDER) for _ in range(2 * AT_ONCE))
            results = await asyncio.gather(*sent, return_exceptions=True)
            assert all(isinstance(result, Later) for result in results)
            await patient.send({"url": f"json://127.0.0.1:{receiver.port}"}, REMINDER)

    asyncio.run(work())
    assert len(receiver.requests) == 1


def test_what_breaks_within_apprise_tells_nothing_of_the_address(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _load()
    kind = type(_service("json://example.org"))

    def breaks(*_: object, **__: object) -> bool:
        raise RuntimeError("json://ana:s3cr3t@example.org")

    monkeypatch.setattr(kind, "notify", breaks)
    with pytest.raises(Later) as told:
        send(home(), f"json://ana:s3cr3t@127.0.0.1:{receiver.port}")
    assert "s3cr3t" not in f"{told.value}{capfd.readouterr()}"


def test_a_fence_lets_a_thread_do_little() -> None:
    attempts: list[Callable[[], object]] = [
        lambda: Path("/etc/passwd").read_text(),
        lambda: Path("/tmp/by-a-library").write_text("x"),  # noqa: S108
        lambda: subprocess.run(["/bin/true"], check=False),
        lambda: socket.create_connection(("127.0.0.1", 9)),
        lambda: local.connect("/run/docker.sock"),
        lambda: packets.sendto(b"x", ("127.0.0.1", 9)),
    ]
    with socket.socket(socket.AF_UNIX) as local, socket.socket(type=socket.SOCK_DGRAM) as packets:
        for attempt in attempts:
            with Fence(allow_private=False) as fence, pytest.raises(FencedOff):
                attempt()
            assert fence.reason


def test_a_fence_stands_around_one_thread_for_a_while() -> None:
    read: list[str] = []
    with Fence(allow_private=False):
        assert Path(importlib.__file__ or "").read_text()
    assert Path("/etc/passwd").read_text()
    other = threading.Thread(target=lambda: read.append(Path("/etc/passwd").read_text()))
    held = Fence(allow_private=False)
    other.start()
    with held:
        other.join()
    assert read
