"""An activity event: what the activity tracker sent is read, anything else is refused with a reason and no echo."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.kit.ids import new_id, new_ids
from daybeat.modules.activity.domain.allowance import Allowance
from daybeat.modules.activity.event import (
    NOBODY,
    PLAIN,
    ActivityEvent,
    EventRefused,
    check,
    check_as_said,
    read_event,
    read_events,
    write_events,
)
from daybeat.modules.activity.messages import read_message

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SEED = b'{"user_id": 101, "event_type": "login", "timestamp": "2025-01-03T08:30:00Z", "metadata": {"source": "web"}}'
FINE: dict[str, Any] = json.loads(SEED)


def body(**wishes: Any) -> bytes:
    return json.dumps({**FINE, **wishes}).encode()


def taken(said: bytes) -> ActivityEvent:
    event = read_event(said)
    check_as_said(event)
    check(event, NOW + timedelta(days=1))
    return event


def test_the_activity_trackers_example_is_read() -> None:
    event = taken(SEED)
    assert (event.user_id, event.event_type, event.metadata) == (101, "login", {"source": "web"})
    assert event.timestamp == datetime(2025, 1, 3, 8, 30, tzinfo=UTC)


GOOD = {
    "an offset": (body(timestamp="2025-01-03T08:30:00+05:30"), "timestamp", datetime(2025, 1, 3, 3, tzinfo=UTC)),
    "microseconds": (
        body(timestamp="2025-01-03T08:30:00.123456Z"),
        "timestamp",
        datetime(2025, 1, 3, 8, 30, 0, 123456, UTC),
    ),
    "a large user": (body(user_id=2**33), "user_id", 2**33),
    "no metadata": (body(metadata=None), "metadata", None),
    "a type of 50 characters": (body(event_type="é" * 50), "event_type", "é" * 50),
    "a smile": (body(event_type="page 🙂"), "event_type", "page 🙂"),
    "an id": (
        body(event_id="01a21498-e42f-7cad-b392-65d73be90000"),
        "event_id",
        UUID("01a21498e42f7cadb39265d73be90000"),
    ),
    "a backslash and a u": (body(metadata={"path": "C:\\u0000"}), "metadata", {"path": "C:\\u0000"}),
    "a day ahead": (body(timestamp="2026-03-03T11:59:00Z"), "timestamp", datetime(2026, 3, 3, 11, 59, tzinfo=UTC)),
}


@pytest.mark.parametrize(("said", "field", "value"), GOOD.values(), ids=GOOD.keys())
def test_what_is_unusual_and_right_is_kept(said: bytes, field: str, value: Any) -> None:
    event = taken(said)
    assert getattr(event, field) == value


CANARY = "a canary that must never be sung"
BAD = {
    "51 characters": body(event_type="x" * 51),
    "no type": body(event_type=""),
    "a type with NUL": body(event_type="log\0in"),
    "a type with a line end": body(event_type="login\n"),
    "a blank at the end": body(event_type="login "),
    "NUL in the metadata": body(metadata={"a": ["\0"]}),
    "a user of 65 bits": body(user_id=2**64),
    "a user that is a word": body(user_id=CANARY),
    "a user that is true": body(user_id=True),
    "half a user": body(user_id=1.5),
    "1999": body(timestamp="1999-12-31T23:59:59Z"),
    "2099": body(timestamp="2099-01-01T00:00:00Z"),
    "the beginning of time": body(timestamp="0001-01-01T00:00:00+14:00"),
    "no offset": body(timestamp="2025-01-03T08:30:00"),
    "a date": body(timestamp="2025-01-03"),
    "seconds": body(timestamp=1735893000),
    "a day that never was": body(timestamp="2025-02-30T08:30:00Z"),
    "metadata that is a list": body(metadata=[1]),
    "metadata that is a text": body(metadata=CANARY),
    "nested 40 deep": SEED.replace(b'"web"', b"[" * 40 + b"]" * 40),
    "nested 30,000 deep": SEED.replace(b'"web"', b"[" * 30_000 + b"]" * 30_000),
    "a number without end": SEED.replace(b'"web"', b"1e999"),
    "NaN": SEED.replace(b'"web"', b"NaN"),
    "a lone surrogate": SEED.replace(b'"web"', b'"\\ud800"'),
    "bytes that are no text": SEED.replace(b"web", b"\xff"),
    "a field of its own": body(password=CANARY),
    "somebody's account": body(account="00000000-0000-0000-0000-000000000000"),
    "a time of arrival": body(received_at="2026-03-02T12:00:00Z"),
    "an id that is none": body(event_id=CANARY),
    "nothing": b"",
    "a list": b"[" + SEED + b"]",
    "half": SEED[:40],
    "two": SEED + SEED,
}


@pytest.mark.parametrize("said", BAD.values(), ids=BAD.keys())
def test_what_is_no_event_is_refused_with_a_reason_and_no_echo(said: bytes) -> None:
    with pytest.raises(EventRefused) as refused:
        taken(said)
    assert refused.value.detail
    assert CANARY not in refused.value.detail


def test_a_batch_names_the_event_that_is_wrong() -> None:
    with pytest.raises(EventRefused, match=r"\[1\]|\[\.\.\.\]"):
        read_events(b"[" + SEED + b"," + body(user_id="x") + b"]")


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(said: bytes) -> None:
    contents = read_message(said, NOW)
    assert contents.events or contents.bad or said.strip() == b"[]"


@given(
    st.fixed_dictionaries(
        {
            "user_id": st.integers(-(2**63), 2**63 - 1),
            "event_type": st.from_regex(PLAIN, fullmatch=True).filter(lambda word: len(word) <= 50),
            "timestamp": st.datetimes(datetime(2000, 1, 1), datetime(2026, 3, 1)).map(lambda at: at.isoformat() + "Z"),
            "metadata": st.none()
            | st.dictionaries(
                st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
                st.none()
                | st.booleans()
                | st.integers(-(2**53), 2**53)
                | st.floats(allow_nan=False, allow_infinity=False),
                max_size=4,
            ),
        }
    )
)
def test_what_is_taken_comes_out_of_the_queue_as_it_was(said: dict[str, Any]) -> None:
    event = taken(json.dumps(said).encode())
    event.event_id, event.account, event.received_at = new_id(), NOBODY, NOW
    contents = read_message(write_events([event]), NOW)
    assert [each for _, each in contents.events] == [event]


def test_a_message_of_somebody_elses_is_one_event_or_many() -> None:
    one = read_message(b" \n" + SEED, NOW)
    many = read_message(b"[" + SEED + b", " + SEED + b"]", NOW)
    assert (len(one.events), len(many.events)) == (1, 2)
    assert all(event.account == NOBODY and event.received_at == NOW for _, event in many.events)


def test_one_bad_event_in_a_message_costs_only_itself() -> None:
    contents = read_message(b"[" + b",".join([SEED, body(user_id="x"), b"7", SEED]) + b"]", NOW)
    assert [place for place, _ in contents.events] == [0, 3]
    assert [bad.place for bad in contents.bad] == [1, 2]


def test_an_event_of_ten_megabytes_is_refused_alone() -> None:
    contents = read_message(b"[" + body(metadata={"x": "y" * 10_000_000}) + b"," + SEED + b"]", NOW)
    assert len(contents.events) == 1
    assert contents.bad[0].reason == "An event has at most 64 KiB."


def test_ids_made_at_once_are_all_different_and_sort_by_time() -> None:
    earlier, later = new_ids(1000), new_ids(1000)
    assert len({*earlier, *later}) == 2000
    assert earlier == sorted(earlier)
    assert all(each.version == 7 for each in later)


def test_an_allowance_is_used_up_and_refills() -> None:
    allowance = Allowance(60, now=0)
    assert allowance.take(60, 0) == 0
    assert allowance.take(1, 0) == 1
    assert allowance.take(10, 10) == 0
    assert allowance.take(1, 10) == 1


def test_more_than_an_allowance_at_once_is_taken_when_it_is_full_and_paid_off() -> None:
    allowance = Allowance(60, now=0)
    assert allowance.take(90, 0) == 0
    assert allowance.take(1, 0) == 31
    assert allowance.take(90, 60) == 30
    assert allowance.take(90, 90) == 0
