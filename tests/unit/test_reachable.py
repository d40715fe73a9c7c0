"""Which addresses requests may go to: none that lead inside, in whatever way they are written."""

import pytest

from daybeat.infra.web.reachable import as_ip, refusal

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8", "64:ff9b::808:808"]
PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "198.18.0.1",
    "192.0.2.7",
    "203.0.113.7",
    "::1",
    "fd12:3456::1",
    "fc00::1",
    "fec0::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:192.168.0.1",
    "::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::a00:1",
]
NEVER = [
    "169.254.169.254",
    "169.254.0.1",
    "0.0.0.0",  # noqa: S104 - refused, not bound
    "0.1.2.3",
    "224.0.0.1",
    "239.255.255.250",
    "255.255.255.255",
    "240.0.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "fd00:ec2::254",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "no address",
    "",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_reached(address: str) -> None:
    assert refusal(address, allow_private=False) is None


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_may_be_reached_where_that_was_allowed(address: str) -> None:
    assert "private" in (refusal(address, allow_private=False) or "")
    assert refusal(address, allow_private=True) is None


@pytest.mark.parametrize("address", NEVER)
def test_where_machines_keep_their_secrets_nobody_gets(address: str) -> None:
    assert refusal(address, allow_private=False)
    assert refusal(address, allow_private=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001"])
def test_an_ip_address_is_known_however_it_is_written(host: str) -> None:
    assert as_ip(host) == "127.0.0.1"


@pytest.mark.parametrize("host", ["example.org", "localhost", "", "a" * 300, "1.2.3.4.5", "\udcff"])
def test_a_name_is_no_ip_address(host: str) -> None:
    assert as_ip(host) is None
