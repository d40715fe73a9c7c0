"""Requests to addresses that people gave us reach what was checked, and nothing else, and do not last for ever."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

import pytest

from daybeat.infra.web.outgoing import LARGEST_ANSWER, Answer, NoAnswer, Outgoing
from daybeat.infra.web.reachable import NotAllowed
from tests.support.certificates import certificate_for
from tests.support.webhook_receiver import Receiver, Reply, endless_server, silent_server

pytestmark = pytest.mark.once

NAME = "push.example"
LookUp = Callable[[str, int], Awaitable[Sequence[str]]]


class Names:
    """A directory of names; `asked` counts how often it was looked into."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers, self.asked = list(answers), 0

    async def look_up(self, _host: str, _port: int) -> Sequence[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    with server.running():
        yield server


def post(url: str, *, times: int = 1, body: bytes = b"{}", **options: object) -> Answer:
    """Send from a client of its own; gives the last answer."""

    async def work() -> Answer:
        outgoing = Outgoing(**{"allow_private": True, **options})  # type: ignore[arg-type]
        try:
            for _ in range(times - 1):
                await outgoing.post(url, body, {})
            return await outgoing.post(url, body, {"X-Mark": "here"})
        finally:
            await outgoing.close()

    return asyncio.run(work())


def test_a_request_arrives_whole(receiver: Receiver) -> None:
    receiver.reply = Reply(202, {"Retry-After": "5"}, b"taken")
    answer = post(f"{receiver.url}/a/b?c=d", body=b"hello")
    assert answer == Answer(202, b"taken", 5.0)
    (request,) = receiver.requests
    assert (request.path, request.body, request.headers["x-mark"]) == ("/a/b?c=d", b"hello", "here")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.1", "fd00::1", "100.64.0.1"])
def test_a_name_that_leads_inside_is_not_followed(receiver: Receiver, address: str) -> None:
    names = Names([address])
    with pytest.raises(NotAllowed, match="private"):
        post(f"http://{NAME}:{receiver.port}/", allow_private=False, look_up=names.look_up)
    assert not receiver.requests


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "0.0.0.0", "::", "fd00:ec2::254"])  # noqa: S104
def test_a_name_that_leads_to_a_clouds_secrets_is_never_followed(address: str) -> None:
    with pytest.raises(NotAllowed, match="never"):
        post(f"http://{NAME}/", look_up=Names([address]).look_up)


def test_a_name_with_one_address_inside_is_not_followed_at_all() -> None:
    with pytest.raises(NotAllowed):
        post(f"http://{NAME}/", allow_private=False, look_up=Names(["93.184.216.34", "127.0.0.1"]).look_up)


def test_a_name_is_looked_up_once_and_what_was_checked_is_reached(receiver: Receiver) -> None:
    names = Names(["127.0.0.1"], ["169.254.169.254"])
    post(f"http://{NAME}:{receiver.port}/", look_up=names.look_up)
    assert names.asked == 1
    (request,) = receiver.requests
    assert request.headers["host"] == f"{NAME}:{receiver.port}"


def test_a_name_that_changed_its_meaning_is_checked_anew_for_a_new_connection(receiver: Receiver) -> None:
    receiver.reply = Reply(200, {"Connection": "close"})
    names = Names(["127.0.0.1"], ["169.254.169.254"])
    with pytest.raises(NotAllowed):
        post(f"http://{NAME}:{receiver.port}/", times=2, look_up=names.look_up)
    assert (names.asked, len(receiver.requests)) == (2, 1)


def test_the_next_address_is_tried_when_one_is_away(receiver: Receiver) -> None:
    names = Names(["127.0.0.2", "127.0.0.1"])
    assert post(f"http://{NAME}:{receiver.port}/", look_up=names.look_up).status == 200


def test_tls_speaks_of_the_name_and_its_certificate_is_checked(tmp_path: Path) -> None:
    server_side, client_side = certificate_for(NAME, tmp_path)
    server = Receiver(server_side)
    names = Names(["127.0.0.1"])
    with server.running():
        post(f"https://{NAME}:{server.port}/", tls=client_side, look_up=names.look_up)
        with pytest.raises(NoAnswer):
            post(f"https://other.example:{server.port}/", tls=client_side, look_up=names.look_up)
        with pytest.raises(NoAnswer):
            post(f"https://{NAME}:{server.port}/", look_up=names.look_up)
    assert server.names == [NAME, "other.example", NAME]
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_an_answer(receiver: Receiver, status: int) -> None:
    receiver.reply = Reply(status, {"Location": f"{receiver.url}/elsewhere"})
    assert post(receiver.url).status == status
    assert len(receiver.requests) == 1


def test_proxies_of_the_environment_are_not_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    with silent_server() as port:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        assert post(receiver.url).status == 200


def test_no_more_of_an_answer_is_read_than_needed(receiver: Receiver) -> None:
    receiver.reply = Reply(200, body=b"x" * 1_000_000)
    assert len(post(receiver.url, times=2).body) == LARGEST_ANSWER


def test_a_packed_answer_is_not_unpacked(receiver: Receiver) -> None:
    receiver.reply = Reply(200, {"Content-Encoding": "gzip"}, b"no gzip at all")
    assert post(receiver.url).body == b"no gzip at all"


def test_a_server_that_keeps_silent_is_left() -> None:
    with silent_server() as port, pytest.raises(NoAnswer, match="too long"):
        post(f"http://127.0.0.1:{port}/", within=0.2)


def test_a_server_that_never_comes_to_an_end_is_left() -> None:
    with endless_server() as port, pytest.raises(NoAnswer, match="too long"):
        post(f"http://127.0.0.1:{port}/", within=0.2)


def test_a_server_that_is_away_and_a_name_nobody_knows_are_no_answer() -> None:
    with silent_server() as port:
        pass
    for url in (f"http://127.0.0.1:{port}/", "http://nobody.invalid/"):
        with pytest.raises(NoAnswer, match="cannot be reached"):
            post(url)


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\x00"])
def test_a_header_cannot_begin_another_one(receiver: Receiver, value: str) -> None:
    async def work() -> None:
        outgoing = Outgoing(allow_private=True)
        try:
            await outgoing.post(receiver.url, b"", {"Authorization": value})
        finally:
            await outgoing.close()

    with pytest.raises(NoAnswer):
        asyncio.run(work())
    assert not receiver.requests
