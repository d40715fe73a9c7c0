"""The key of web push follows from the secret alone."""

import base64

import pytest

from daybeat.infra.web.push_keys import is_public_key, public_key

SECRET = "k7" * 16


def point_of(key: str) -> bytes:
    return base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))


def test_one_secret_gives_one_key_for_ever() -> None:
    assert public_key(SECRET) == public_key(SECRET)
    assert public_key(SECRET) != public_key(SECRET + "x")


def test_the_key_is_what_a_browser_takes() -> None:
    assert is_public_key(point_of(public_key(SECRET)))
    assert "=" not in public_key(SECRET)


@pytest.mark.parametrize("change", [0, 5, 64])
def test_a_changed_key_is_no_key(change: int) -> None:
    point = bytearray(point_of(public_key(SECRET)))
    point[change] ^= 1
    assert not is_public_key(bytes(point))
    assert not is_public_key(b"")
    assert not is_public_key(b"\x04" + b"\xff" * 64)
