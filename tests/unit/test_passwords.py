"""Which passwords will do, and that every character of them counts."""

import pytest

from daybeat.modules.accounts.domain.passwords import SCHEME, PasswordHasher, weakness


@pytest.fixture(scope="module")
def hasher() -> PasswordHasher:
    return PasswordHasher(rounds=4)


def weak(password: str) -> bool:
    return weakness(password, email="ana.lima@example.org", name="Ana Lima") is not None


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "x" * 7,
        "abcdefg h" * 15,
        "password",
        "Password1!",
        "p@ssw0rd",
        "123qwerty123",
        "aaaaaaaaaaaa",
        "abababababab",
        "12345678",
        "87654321",
        "abcdefghij",
        "ana.lima@example.org",
        "Ana Lima",
        "ana lima1!",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    assert weak(password)


@pytest.mark.parametrize(
    "password",
    ["correct horse battery staple", "tr0ub4dor&3x", "früh am Morgen 🏃", "8Kx!pq2z", "w" * 3 + "alrus and me"],
)
def test_a_few_words_in_a_row_will_do(password: str) -> None:
    assert not weak(password)


@pytest.mark.parametrize("length", [71, 72, 73, 128])
def test_the_last_character_counts_however_long_the_password_is(hasher: PasswordHasher, length: int) -> None:
    password = "a b" * 43
    kept = hasher.hash(password[: length - 1] + "y")
    assert hasher.matches(password[: length - 1] + "y", kept)
    assert not hasher.matches(password[: length - 1] + "z", kept)


@pytest.mark.parametrize(("one", "other"), [("pass\x00word", "pass\x00wood"), ("Morgen", "morgen"), ("é", "e\u0301")])
def test_passwords_are_taken_as_they_are(hasher: PasswordHasher, one: str, other: str) -> None:
    assert not hasher.matches(other, hasher.hash(one))


def test_the_same_password_is_kept_differently_each_time(hasher: PasswordHasher) -> None:
    first, second = hasher.hash("correct horse"), hasher.hash("correct horse")
    assert first != second
    assert first.startswith(SCHEME)


def test_nobody_has_no_password(hasher: PasswordHasher) -> None:
    assert not hasher.matches("correct horse", None)
