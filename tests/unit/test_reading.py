"""Reading what was sent: JSON bodies and the fields in them take exactly what they say."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from starlette.exceptions import HTTPException

from daybeat.infra.web.bodies import parse_json
from daybeat.infra.web.fields import Day, Moment, Number, Text, Truth, Whole, Zone
from daybeat.infra.web.paging import CursorNotValid, page


def test_honest_json_is_read() -> None:
    body = '{"a": [1, 2.5, true, null, "é🏃", {"b": -1e3}]}'.encode()
    assert parse_json(body) == {"a": [1, 2.5, True, None, "é🏃", {"b": -1000.0}]}
    assert parse_json(b"") is None


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{'a': 1}",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": "\\ud800"}',
        b'{"a": "\xff"}',
        b'{"a": 1, "a": 2}',
        b'{"b": {"a": 1, "a": 1}}',
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b"[" * 33 + b"1" + b"]" * 33,
        b'{"a":' * 100_000,
        b"9" * 5000,
        b"{} {}",
    ],
    ids=lambda body: body[:24].decode("latin-1"),
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(HTTPException) as refused:
        parse_json(body)
    assert refused.value.status_code == 422


def test_nesting_is_fine_up_to_the_limit() -> None:
    assert parse_json(b"[" * 32 + b"1" + b"]" * 32)


GOOD: list[tuple[Any, Any, Any]] = [
    (Day, "2026-03-02", date(2026, 3, 2)),
    (Day, "2000-01-01", date(2000, 1, 1)),
    (Day, "2199-12-31", date(2199, 12, 31)),
    (Moment, "2026-03-02T08:30:00Z", datetime(2026, 3, 2, 8, 30, tzinfo=UTC)),
    (Moment, "2026-03-02T08:30:00.123456+02:00", datetime(2026, 3, 2, 6, 30, 0, 123456, tzinfo=UTC)),
    (Moment, "2026-03-02 08:30:00-00:00", datetime(2026, 3, 2, 8, 30, tzinfo=UTC)),
    (Number, 3, 3.0),
    (Whole, 3, 3),
    (Truth, False, False),
    (Text, " Lesen 📖\n", "Lesen 📖"),
    (Zone, "Europe/Paris", "Europe/Paris"),
]
BAD: list[tuple[Any, Any]] = [
    *((Day, value) for value in ("0001-01-01", "1999-12-31", "2200-01-01", "9999-12-31", "2026-02-30", "2026-3-2")),
    *(
        (Day, value)
        for value in ("2026-03-02T00:00:00Z", "20260302", "1772409600", 1772409600, 0.5, True, None, "", "²")
    ),
    *((Moment, value) for value in ("2026-03-02T08:30:00", "2026-03-02", 1772409600, "1772409600", True, None)),
    *((Moment, value) for value in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-03-02T25:00:00Z")),
    *((Moment, value) for value in ("2026-03-02T08:30:00+99:00", "2026-03-02T08:30Z")),
    *((Number, value) for value in ("3", True, None, float("nan"), float("inf"), [3])),
    *((Whole, value) for value in (3.0, "3", True, None, float("nan"))),
    *((Truth, value) for value in (0, 1, "true", None)),
    *((Text, value) for value in ("a\x00b", "\x1b[31m", "\x7f", 5, None, b"bytes")),
    *((Zone, value) for value in ("Mars/Olympus", "europe/paris", "../UTC", "", 1, "UTC\n")),
]


def _short(value: Any) -> str:
    """Name a case; the repr of a type holds addresses, which differ from run to run."""
    kinds = {"day": Day, "moment": Moment, "number": Number, "whole": Whole, "truth": Truth, "text": Text, "zone": Zone}
    return next((name for name, kind in kinds.items() if kind is value), repr(value))


@pytest.mark.parametrize(("kind", "sent", "read"), GOOD, ids=_short)
def test_a_field_takes_what_it_says(kind: Any, sent: Any, read: Any) -> None:
    assert TypeAdapter(kind).validate_python(sent) == read


@pytest.mark.parametrize(("kind", "sent"), BAD, ids=_short)
def test_a_field_takes_nothing_else(kind: Any, sent: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(sent)


def test_pages_follow_on_each_other() -> None:
    first, cursor = page("abcde", 2, None)
    second, following = page("abcde", 2, cursor)
    third, last = page("abcde", 2, following)
    assert (first, second, third, last) == (["a", "b"], ["c", "d"], ["e"], None)
    assert page("ab", 2, None) == (["a", "b"], None)


@pytest.mark.parametrize("cursor", ["", "b", "bw==", "bzEuNQ==", "by0x", "8J+Pgw=="])
def test_an_invented_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(CursorNotValid):
        page("abc", 2, cursor)
