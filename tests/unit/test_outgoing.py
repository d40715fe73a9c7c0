"""What can be told of a web address, and of a wish to wait, before anything is sent."""

from datetime import UTC, datetime

import pytest

from daybeat.infra.web.outgoing import LONGEST_WAIT, Outgoing, wait_asked
from daybeat.infra.web.reachable import NotAllowed

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

REFUSED = [
    "",
    "example.org",
    "ftp://example.org",
    "file:///etc/passwd",
    "gopher://example.org",
    "javascript:alert(1)",
    "https://",
    "https:///path",
    "https://user:secret@example.org",
    "https://example.org@127.0.0.1",
    "https://exa mple.org",
    "https://example.org/\r\nHost: evil",
    "https://example.org\\@127.0.0.1/",
    "https://example.org:0",
    "https://example.org:99999",
    "https://[::1",
    "https://" + "a" * 64 + "é.org",
    "https://example.org/" + "a" * 3000,
    "https://example.org/\ud800",
]
INSIDE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://a.localhost/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://192.168.0.7:8080/",
]


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(NotAllowed):
        Outgoing(allow_private=True).check(url)


@pytest.mark.parametrize("url", INSIDE)
def test_an_address_inside_is_refused_unless_that_is_allowed(url: str) -> None:
    with pytest.raises(NotAllowed, match="private"):
        Outgoing().check(url)
    Outgoing(allow_private=True).check(url)


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "0.0.0.0", "[fd00:ec2::254]"])  # noqa: S104
def test_an_address_of_the_network_itself_is_refused_always(host: str) -> None:
    with pytest.raises(NotAllowed, match="never"):
        Outgoing(allow_private=True).check(f"http://{host}/latest/meta-data")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://Example.org", "https://example.org/"),
        ("https://example.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org:8080/ä", "http://example.org:8080/%C3%A4"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://[2606:2800:220::1]:81/", "http://[2606:2800:220::1]:81/"),
    ],
)
def test_a_web_address_is_kept_the_way_it_is_used(url: str, kept: str) -> None:
    assert Outgoing().check(url).url == kept


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("30", 30),
        (" 0 ", 0),
        ("-5", None),
        ("soon", None),
        ("²", None),
        ("9" * 5000, LONGEST_WAIT),
        ("99999", LONGEST_WAIT),
        ("Mon, 02 Mar 2026 12:01:30 GMT", 90),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0),
        ("Mon, 02 Mar 2126 11:00:00 GMT", LONGEST_WAIT),
    ],
)
def test_a_wish_to_wait_is_read_as_seconds(header: str | None, seconds: float | None) -> None:
    assert wait_asked(header, NOW) == seconds
