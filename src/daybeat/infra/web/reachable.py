"""Which addresses a request may go to, so that nobody reaches the inside of a home or a cloud through us.

An address can be written inside another one (IPv4 in IPv6, NAT64); what counts is where the packets would end.
"""

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

IPAddress = IPv4Address | IPv6Address


class NotAllowed(Exception):
    """Requests do not go there. The text says why, in a plain sentence."""


NEVER_REASON = "This address belongs to a network's own inside and is never used."
PRIVATE_REASON = "This address is in a private network, which this Daybeat does not send to."

_NEVER = [
    ip_network(each)
    for each in (
        "0.0.0.0/8",
        "169.254.0.0/16",  # link-local, where clouds hand out their secrets
        "192.0.0.192/32",  # Oracle's metadata
        "100.100.100.200/32",  # Alibaba's metadata
        "168.63.129.16/32",  # Azure's, which looks public
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/128",
        "fe80::/10",
        "ff00::/8",
        "fd00:ec2::/32",  # Amazon's metadata
        "fd20:ce::/32",  # Google's metadata
        "2001::/32",  # tunnels whose other end nobody can tell
        "2002::/16",
    )
]
_PRIVATE = [
    ip_network(each)
    for each in (
        "100.64.0.0/10",
        "192.88.99.0/24",
        "64:ff9b:1::/48",
        "100::/64",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
]
"""What Python does not call private, or did not in every version; the rest is its own list."""
_HOLDING_IPV4 = [ip_network(each) for each in ("::ffff:0:0/96", "64:ff9b::/96", "::/96")]


def refusal(address: str, *, allow_private: bool) -> str | None:
    """Say why no request goes to an IP address; None when one may."""
    try:
        meant = list(_meant(ip_address(address)))
    except ValueError:
        return NEVER_REASON
    if any(each in network for each in meant for network in _NEVER):
        return NEVER_REASON
    if not allow_private and any(_is_private(each) for each in meant):
        return PRIVATE_REASON
    return None


def as_ip(host: str) -> str | None:
    """Give the IP address a host is written as, in any way the system would read it (127.1, 0x7f000001); else None."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return None
    return str(found[0][4][0])


def _meant(address: IPAddress) -> Iterator[IPAddress]:
    """Give the address, or the one that is written inside it."""
    holding = isinstance(address, IPv6Address) and any(address in network for network in _HOLDING_IPV4)
    if holding and int(address) > 1:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
    else:
        yield address


def _is_private(address: IPAddress) -> bool:
    return not address.is_global or any(address in network for network in _PRIVATE)
