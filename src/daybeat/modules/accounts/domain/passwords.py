"""Which passwords are good enough, and how they are kept."""

import base64
import hashlib
import re
from importlib import resources
from itertools import pairwise

import bcrypt

SHORTEST, LONGEST = 8, 128
FEWEST_DIFFERENT = 4
SCHEME = "bcrypt-sha384$"
NOBODYS = "." * 53
"""Salt and digest of no password. Comparing with them takes as long as with real ones: the rounds are the work."""

_COMMON = frozenset(resources.files(__package__).joinpath("common_passwords.txt").read_text().split())
_SUBSTITUTES = str.maketrans("@4301!5$7", "aaeoiisst")


def weakness(password: str, *, email: str, name: str) -> str | None:
    """Say in words why a password is too easy to guess, or None when it will do."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"A password has {SHORTEST} to {LONGEST} characters."
    plain = password.casefold()
    if len(set(plain)) < FEWEST_DIFFERENT or _is_sequence(plain):
        return "This password is a simple pattern. Try a few words in a row."
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain.translate(_SUBSTITUTES)) or plain
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain) or plain
    if {core, bare} & _COMMON:
        return "This password is among the first that are tried. Try a few words in a row."
    own = {email.casefold(), email.casefold().partition("@")[0], name.casefold()}
    if plain in own or bare in own:
        return "This password repeats your name or e-mail address."
    return None


class PasswordHasher:
    """Hashes passwords with bcrypt over a SHA-384 digest, so that every character of a long one counts."""

    def __init__(self, rounds: int) -> None:
        self._rounds = rounds
        self._nobodys = f"{SCHEME}$2b${rounds:02}${NOBODYS}"

    def hash(self, password: str) -> str:
        return SCHEME + bcrypt.hashpw(_digest(password), bcrypt.gensalt(self._rounds)).decode()

    def matches(self, password: str, kept: str | None) -> bool:
        """Compare; without a kept hash as much work is done, so that time does not tell who has an account."""
        wanted = (kept or self._nobodys).removeprefix(SCHEME)
        return bcrypt.checkpw(_digest(password), wanted.encode()) and kept is not None


def _digest(password: str) -> bytes:
    return base64.b64encode(hashlib.sha384(password.encode()).digest())


def _is_sequence(text: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1
