"""The message in the queue `mood_events`: what everybody's senders write is read, anything else is refused."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybeat.modules.wall.domain.company import kind_of, people_missing
from daybeat.modules.wall.domain.messages import Kind, Message, NotAMood, read_message, write_message

AT = datetime(2026, 2, 16, 16, 15, tzinfo=UTC)
NOW = AT + timedelta(hours=1)
README = b'{"type":"good","timestamp":"2026-02-16T16:15:00.000Z"}'
README_IN_LINES = b'{\n  "type": "bad",\n  "timestamp": "2026-02-16T16:15:00.000Z"\n}\n'

BAD = {
    "nothing": b"",
    "no JSON": b"good",
    "no object": b'["good","2026-02-16T16:15:00.000Z"]',
    "null": b"null",
    "no type": b'{"timestamp":"2026-02-16T16:15:00.000Z"}',
    "no time": b'{"type":"good"}',
    "a type of its own": b'{"type":"meh","timestamp":"2026-02-16T16:15:00.000Z"}',
    "capitals": b'{"type":"Good","timestamp":"2026-02-16T16:15:00.000Z"}',
    "a type that is a list": b'{"type":["good"],"timestamp":"2026-02-16T16:15:00.000Z"}',
    "two types": b'{"type":"good","type":"bad","timestamp":"2026-02-16T16:15:00.000Z"}',
    "a time in seconds": b'{"type":"good","timestamp":1771258500}',
    "a time without offset": b'{"type":"good","timestamp":"2026-02-16T16:15:00"}',
    "a date": b'{"type":"good","timestamp":"2026-02-16"}',
    "a day that never was": b'{"type":"good","timestamp":"2026-02-30T16:15:00.000Z"}',
    "an hour that never was": b'{"type":"good","timestamp":"2026-02-16T25:15:00.000Z"}',
    "an offset that never was": b'{"type":"good","timestamp":"2026-02-16T16:15:00+99:99"}',
    "digits of another script": '{"type":"good","timestamp":"\uff12026-02-16T16:15:00.000Z"}'.encode(),
    "the day after tomorrow": b'{"type":"good","timestamp":"2026-02-18T16:15:00.000Z"}',
    "the last century": b'{"type":"good","timestamp":"1999-12-31T23:59:59.999Z"}',
    "the end of time": b'{"type":"good","timestamp":"9999-12-31T23:59:59-23:59"}',
    "the beginning of time": b'{"type":"good","timestamp":"0001-01-01T00:00:00+23:59"}',
    "NaN": b'{"type":"good","timestamp":"2026-02-16T16:15:00.000Z","x":NaN}',
    "bytes that are no text": b'{"type":"good\xff","timestamp":"2026-02-16T16:15:00.000Z"}',
    "UTF-16": README.decode().encode("utf-16"),
    "nested without end": b"[" * 4000,
    "a number without end": b'{"type":' + b"9" * 4000,
    "too long": README[:-1] + b',"x":"' + b"x" * 5000 + b'"}',
}


def test_a_message_is_written_exactly_as_the_senders_of_others_do() -> None:
    assert write_message(Message(Kind.GOOD, AT)) == README
    elsewhere = AT.astimezone(timezone(timedelta(hours=-7)))
    assert write_message(Message(Kind.GOOD, elsewhere)) == README


@pytest.mark.parametrize(("body", "kind"), [(README, Kind.GOOD), (README_IN_LINES, Kind.BAD)], ids=["line", "lines"])
def test_a_message_as_it_is_documented_is_read(body: bytes, kind: Kind) -> None:
    assert read_message(body, NOW) == Message(kind, AT)


@pytest.mark.parametrize(
    "time", ["2026-02-16T16:15:00Z", "2026-02-16t16:15:00.0z", "2026-02-16T17:45:00+01:30", "2026-02-16T16:15:00-00:00"]
)
def test_every_spelling_of_a_time_is_read(time: str) -> None:
    assert read_message(json.dumps({"type": "good", "timestamp": time}).encode(), NOW).at == AT


def test_what_others_add_is_passed_over() -> None:
    assert read_message(README[:-1] + b',"source":"kiosk","n":[1,{"a":null}]}', NOW).kind is Kind.GOOD


def test_a_clock_a_little_ahead_is_no_mistake() -> None:
    assert read_message(README, AT - timedelta(hours=23)).at == AT


@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(NotAMood):
        read_message(body, NOW)


garbage = st.one_of(
    st.binary(max_size=200),
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=5).map(json.dumps),
    st.fixed_dictionaries({"type": st.sampled_from(["good", "bad"]) | st.text(), "timestamp": st.text()}).map(
        json.dumps
    ),
    st.tuples(st.integers(0, len(README)), st.binary(max_size=3)).map(lambda cut: README[: cut[0]] + cut[1]),
)


@given(garbage)
def test_garbage_is_refused_or_makes_sense_but_never_crashes(body: bytes | str) -> None:
    body = body.encode(errors="surrogatepass") if isinstance(body, str) else body
    try:
        message = read_message(body, NOW)
    except NotAMood:
        return
    assert read_message(write_message(message), NOW).kind is message.kind


@given(st.sampled_from(Kind), st.datetimes(datetime(2000, 1, 2), datetime(2026, 2, 17), timezones=st.timezones()))
def test_what_is_written_is_read_again(kind: Kind, at: datetime) -> None:
    message = read_message(write_message(Message(kind, at)), NOW)
    assert message.kind is kind
    assert abs(message.at - at) < timedelta(milliseconds=1)


@pytest.mark.parametrize(("score", "kind"), [(1, Kind.BAD), (2, Kind.BAD), (3, None), (4, Kind.GOOD), (5, Kind.GOOD)])
def test_app_moods_count_as_good_bad_or_nothing(score: int, kind: Kind | None) -> None:
    assert kind_of(score) is kind


@pytest.mark.parametrize(("waiting", "missing"), [(0, 0), (1, 2), (2, 1), (3, 0), (9, 0)])
def test_three_people_are_company(waiting: int, missing: int) -> None:
    assert people_missing(waiting) == missing
