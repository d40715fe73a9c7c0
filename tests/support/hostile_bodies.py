"""Bodies no honest client sends, by route. Each is refused with a problem document and changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

JSON = "application/json"
HUGE = 10**400
DEEP = b'{"name":' + b"[" * 5000 + b"]" * 5000 + b"}"
NESTED = b'{"name":' + b'{"a":' * 40 + b"1" + b"}" * 41
PASSWORD = "a canary that must never be sung"

REGISTER = {"email": "eve@example.org", "password": PASSWORD, "name": "Eve", "timezone": "UTC"}
HABIT = {"name": "Read", "schedule": {"kind": "daily"}, "start": "2026-03-01"}
TOKEN = {"name": "script", "scopes": ["read"]}
TODAY = "/habits/{habit}/check-ins/2026-03-02"


@dataclass(frozen=True)
class Hostile:
    """One request that has to be refused."""

    why: str
    method: str
    path: str
    body: Any
    content_type: str | None = JSON

    def __str__(self) -> str:
        return f"{self.method} {self.path}: {self.why}"


# Whatever the route: bodies that are no JSON object, or hardly JSON at all.
NO_OBJECTS: dict[str, Any] = {
    "nothing": b"",
    "a blank": b" ",
    "half an object": b'{"name": "Read"',
    "an array": [],
    "an array of objects": [HABIT],
    "a string": "Read",
    "a number": 1,
    "null": None,
    "true": True,
    "not JSON": b"name=Read&start=2026-03-01",
    "XML": b"<habit><name>Read</name></habit>",
    "a comment": b'{"name": "Read" /* hello */}',
    "single quotes": b"{'name': 'Read'}",
    "a comma too many": b'{"name": "Read",}',
    "two objects": b'{"name": "Read"}{"name": "Run"}',
    "nested 5,000 deep": DEEP,
    "nested 41 deep": NESTED,
    "NaN": b'{"name": NaN}',
    "Infinity": b'{"name": Infinity}',
    "a number without end": b'{"name": 1e999}',
    "UTF-16": '{"name": "Read"}'.encode("utf-16"),
    "UTF-32": '{"name": "Read"}'.encode("utf-32"),
    "a byte order mark": b'\xef\xbb\xbf{"name": "Read"}',
    "Latin-1": '{"name": "Café"}'.encode("latin-1"),
    "bytes that are no text": b"\xff\xfe\x00\x01\x80",
    "a compressed body": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xabV\xcaK\xccMU\xb2RP",
    "a lone surrogate": b'{"name": "\\ud800"}',
    "surrogates the wrong way round": b'{"name": "\\udc00\\ud83d"}',
    "a surrogate written out": b'{"name": "\xed\xa0\x80"}',
    "a raw control character": b'{"name": "Re\x00ad"}',
    "an unknown field only": {"__proto__": {"is_admin": True}},
    "200,000 bytes": b'{"name": "' + b"x" * 200_000 + b'"}',
}

NEW_HABITS: dict[str, dict[str, Any]] = {
    "no name": {"name": ""},
    "a name of blanks": {"name": " \t\n "},
    "a name with NUL": {"name": "Re\x00ad"},
    "a name with an escape": {"name": "\x1b[31mRead"},
    "a name of 101 letters": {"name": "x" * 101},
    "a number for a name": {"name": 5},
    "an array for a name": {"name": ["Read"]},
    "null for a name": {"name": None},
    "the year 0001": {"start": "0001-01-01"},
    "the year 9999": {"start": "9999-12-31"},
    "the year 10000": {"start": "10000-01-01"},
    "epoch seconds for a date": {"start": 1772409600},
    "epoch milliseconds for a date": {"start": 1772409600000},
    "epoch seconds in a string": {"start": "1772409600"},
    "an instant for a date": {"start": "2026-03-02T00:00:00Z"},
    "30 February": {"start": "2026-02-30"},
    "a date written out": {"start": "2 March 2026"},
    "a date with other digits": {"start": "٢٠٢٦-٠٣-٠٢"},
    "true for a date": {"start": True},
    "no schedule": {"schedule": None},
    "a word for a schedule": {"schedule": "daily"},
    "an unknown schedule": {"schedule": {"kind": "hourly"}},
    "a schedule without a kind": {"schedule": {}},
    "an unknown field in a schedule": {"schedule": {"kind": "daily", "n": 3}},
    "weekday 7": {"schedule": {"kind": "weekdays", "days": [7]}},
    "weekday -1": {"schedule": {"kind": "weekdays", "days": [-1]}},
    "no weekdays": {"schedule": {"kind": "weekdays", "days": []}},
    "a weekday twice": {"schedule": {"kind": "weekdays", "days": [1, 1]}},
    "true for a weekday": {"schedule": {"kind": "weekdays", "days": [True]}},
    "a float for a weekday": {"schedule": {"kind": "weekdays", "days": [1.0]}},
    "every 0 days": {"schedule": {"kind": "every_n_days", "n": 0}},
    "every true days": {"schedule": {"kind": "every_n_days", "n": True}},
    "every 2.5 days": {"schedule": {"kind": "every_n_days", "n": 2.5}},
    'every "3" days': {"schedule": {"kind": "every_n_days", "n": "3"}},
    "every 10^400 days": {"schedule": {"kind": "every_n_days", "n": HUGE}},
    "8 a week": {"schedule": {"kind": "per_week", "n": 8}},
    "32 a month": {"schedule": {"kind": "per_month", "n": 32}},
    "a week that starts on day 9": {"schedule": {"kind": "per_week", "n": 3, "week_start": 9}},
    "a weekly total of nothing": {"schedule": {"kind": "weekly_total"}},
    "a weekly total of zero": {"schedule": {"kind": "weekly_total"}, "target": 0},
    "avoiding with a target": {"schedule": {"kind": "avoid"}, "target": 3},
    "a limit without a target": {"direction": "at_most"},
    "a target of zero": {"target": 0},
    "a target below zero": {"target": -1},
    "a string for a target": {"target": "30"},
    "true for a target": {"target": True},
    "a target of 10^400": {"target": HUGE},
    "a target of 10^300": {"target": 1e300},
    "an unknown direction": {"target": 1, "direction": "sideways"},
    "a reminder at 25:00": {"reminders": ["25:00"]},
    "a reminder with seconds": {"reminders": ["09:00:00"]},
    "13 reminders": {"reminders": ["09:00"] * 13},
    "a word for tags": {"tags": "health"},
    "21 tags": {"tags": [str(n) for n in range(21)]},
    "an empty tag": {"tags": [""]},
    "an unknown colour": {"color": "#ff0000"},
    "a script for an icon": {"icon": "<script>alert(1)</script>"},
    "an id of its own": {"id": "0195d2f0-0000-7000-8000-000000000000"},
    "another user": {"user_id": "0195d2f0-0000-7000-8000-000000000000"},
    "a lone surrogate in a tag": {"tags": ["\udfff"]},
}

DAYS: dict[str, Any] = {
    "no state": {},
    "an unknown state": {"state": "perhaps"},
    "a state in capitals": {"state": "DONE"},
    "null for a state": {"state": None},
    "true for a state": {"state": True},
    "an amount below zero": {"state": "done", "amount": -1},
    "a string for an amount": {"state": "done", "amount": "1"},
    "true for an amount": {"state": "done", "amount": True},
    "NaN for an amount": b'{"state": "done", "amount": NaN}',
    "-Infinity for an amount": b'{"state": "done", "amount": -Infinity}',
    "an amount of 10^10": {"state": "done", "amount": 10**10},
    "an amount of 10^400": {"state": "done", "amount": HUGE},
    "an amount for a skip": {"state": "skip", "amount": 1},
    "a note of 2,001 letters": {"state": "done", "note": "x" * 2001},
    "a note with NUL": {"state": "done", "note": "\x00"},
    "an object for a note": {"state": "done", "note": {"text": "hello"}},
    "a state twice": b'{"state": "done", "state": "skip"}',
}

NOW: dict[str, Any] = {
    "tomorrow": {"at": "2026-03-03T12:00:01Z"},
    "the year 0001": {"at": "0001-01-01T00:00:00Z"},
    "the year 9999": {"at": "9999-12-31T23:59:59Z"},
    "epoch seconds": {"at": 1772409600},
    "epoch milliseconds": {"at": 1772409600000},
    "an instant without an offset": {"at": "2026-03-02T08:00:00"},
    "a date for an instant": {"at": "2026-03-02"},
    "an offset of 99 hours": {"at": "2026-03-02T08:00:00+99:00"},
    "second 61": {"at": "2026-03-02T08:00:61Z"},
    "an unknown zone": {"timezone": "Mars/Olympus"},
    "a path for a zone": {"timezone": "../../etc/passwd"},
    "a zone with NUL": {"timezone": "UTC\x00"},
    "an id that is none": {"id": "1"},
    "a number for an id": {"id": 1},
    "a state": {"state": "done"},
}

ID = "0195d2f0-0000-7000-8000-000000000000"

MOODS: dict[str, Any] = {
    "nothing said": {},
    "score 0": {"score": 0},
    "score 6": {"score": 6},
    "score 3.5": {"score": 3.5},
    'score "3"': {"score": "3"},
    "score true": {"score": True},
    "score 10^400": {"score": HUGE},
    "a score and a word": {"score": 4, "mood": "happy"},
    "an unknown word": {"mood": "purple"},
    "a word of 31 letters": {"mood": "x" * 31},
    "a note of 2,001 letters": {"score": 3, "note": "x" * 2001},
    "a note with NUL": {"score": 3, "note": "\x00"},
    "21 tags": {"score": 3, "tags": [str(n) for n in range(21)]},
    "an object among tags": {"score": 3, "tags": [{}]},
    "a lone surrogate in a tag": {"score": 3, "tags": ["\udfff"]},
    "tomorrow": {"score": 3, "at": "2026-03-03T12:00:01Z"},
    "the year 0001": {"score": 3, "at": "0001-01-01T00:00:00Z"},
    "epoch seconds": {"score": 3, "at": 1772409600},
    "an unknown zone": {"score": 3, "timezone": "Mars/Olympus"},
    "a prompt nobody has": {"score": 3, "prompt_id": ID},
    "another user": {"score": 3, "user_id": ID},
    "a source": {"score": 3, "source": "web"},
}

PROMPT_SETTINGS: dict[str, Any] = {
    "every and times": {"every": "PT4H", "times": ["09:00"]},
    "every minute and a bit less": {"every": "PT59S"},
    "every two days": {"every": "P2D"},
    "every month": {"every": "P1M"},
    "every nothing": {"every": "PT"},
    "every 4": {"every": 4},
    "every four hours": {"every": "four hours"},
    "every minus four hours": {"every": "-PT4H"},
    "every 10^9 hours": {"every": "PT1000000000H"},
    "at 25:00": {"times": ["25:00"]},
    "at 9": {"times": ["9"]},
    "at no time": {"times": []},
    "at 25 times": {"times": [f"{n // 60:02}:{n % 60:02}" for n in range(25)]},
    "at a number": {"times": [9]},
    "quiet around the clock": {"quiet_hours": {"from": "08:00", "to": "08:00"}},
    "quiet without an end": {"quiet_hours": {"from": "22:00"}},
    "quiet in words": {"quiet_hours": "at night"},
    "quiet by the inner names": {"quiet_hours": {"begin": "22:00", "end": "08:00"}},
    "a follow-up at once": {"follow_up_after": "PT0S"},
    "a follow-up next week": {"follow_up_after": "P7D"},
    "6 follow-ups": {"max_follow_ups": 6},
    "-1 follow-ups": {"max_follow_ups": -1},
    "true follow-ups": {"max_follow_ups": True},
    "an unknown channel": {"channels": ["pigeon"]},
    "a channel three times": {"channels": ["page", "page", "page"]},
    "a pause until a date": {"paused_until": "2026-03-05"},
    "1 for enabled": {"enabled": 1},
    "a next time": {"next_at": "2026-03-05T00:00:00Z"},
    "no doubt": {"doubted": False},
}

FACE = {"face": None, "label": "x"}
MOOD_SETTINGS: dict[str, Any] = {
    "four faces": {"faces": [{"label": str(n)} for n in range(4)]},
    "six faces": {"faces": [{"label": str(n)} for n in range(6)]},
    "five faces of one name": {"faces": [FACE] * 5},
    "a face without a name": {"faces": [{"face": "x"}, *({"label": str(n)} for n in range(4))]},
    "a face of nine letters": {"faces": [{"face": "x" * 9, "label": "a"}, *({"label": str(n)} for n in range(4))]},
    "1 for sharing": {"share_on_wall": 1},
    "a word for sharing": {"share_on_wall": "yes"},
}

OTHERS: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/moods"): MOODS,
    ("PUT", "/mood-prompts/settings"): PROMPT_SETTINGS,
    ("PUT", "/moods/settings"): MOOD_SETTINGS,
    ("POST", "/auth/register"): {
        "an address without @": {**REGISTER, "email": "eve"},
        "an address without a host": {**REGISTER, "email": "eve@"},
        "an address with a line break": {**REGISTER, "email": "eve@example.org\nBcc: all@example.org"},
        "an address of 300 letters": {**REGISTER, "email": "e" * 300 + "@example.org"},
        "a password that is too short": {**REGISTER, "password": "short"},
        "a password everybody has": {**REGISTER, "password": "password123"},
        "a password of 129 letters": {**REGISTER, "password": PASSWORD * 5},
        "a number for a password": {**REGISTER, "password": 1234567890},
        "a password without a name": {"email": "eve@example.org", "password": PASSWORD},
        "an unknown zone": {**REGISTER, "timezone": "Nowhere"},
        "asking to be an admin": {**REGISTER, "is_admin": True},
        "a name that is an object": {**REGISTER, "name": {"$ne": None}},
        "an address that is an object": {**REGISTER, "email": {"$gt": ""}},
    },
    ("POST", "/auth/login"): {
        "no password": {"email": "eve@example.org"},
        "an object for a password": {"email": "eve@example.org", "password": {"$ne": ""}},
        "a megabyte of password": {"email": "eve@example.org", "password": "x" * 1_000_000},
        "2,000 letters of password": {"email": "eve@example.org", "password": "x" * 2000},
    },
    ("PATCH", "/auth/me"): {
        "rollover at 7": {"rollover_hour": 7},
        "rollover at true": {"rollover_hour": True},
        "rollover at 3.0": {"rollover_hour": 3.0},
        "becoming an admin": {"is_admin": True},
        "another address": {"email": "root@example.org"},
        "a neon theme": {"preferences": {"theme": "neon"}},
        "1 for a preference": {"preferences": {"haptics": 1}},
        "an unknown preference": {"preferences": {"beep": True}},
    },
    ("POST", "/auth/tokens"): {
        "no scopes": {**TOKEN, "scopes": []},
        "the scope admin": {**TOKEN, "scopes": ["admin"]},
        "an expiry in epoch seconds": {**TOKEN, "expires_at": 1900000000},
        "an expiry in the year 9999": {**TOKEN, "expires_at": "9999-12-31T23:59:59Z"},
    },
    ("POST", "/auth/password"): {
        "a wrong password": {"current_password": PASSWORD, "new_password": PASSWORD[::-1]},
        "only the new one": {"new_password": PASSWORD},
    },
    ("POST", "/auth/refresh"): {
        "an invented token": {"refresh_token": "dbr_" + "0" * 32 + "_1_" + "0" * 64},
        "generation 10^20": {"refresh_token": "dbr_" + "0" * 32 + "_" + "9" * 20 + "_0"},
        "an array": {"refresh_token": ["dbr"]},
    },
    ("PUT", "/habits/order"): {
        "an id twice": {"ids": ["{habit}", "{habit}"]},
        "none of the habits": {"ids": []},
        "ids that are none": {"ids": [1, 2]},
        "501 ids": {"ids": ["{habit}"] * 501},
    },
    ("PATCH", "/habits/{habit}"): {
        "null for a name": {"name": None},
        "null for a start": {"start": None},
        "1 for archived": {"archived": 1},
        "a word for archived": {"archived": "yes"},
        "avoiding with a target": {"schedule": {"kind": "avoid"}, "target": 3},
        "an unknown field": {"stats": {"streak": 1000}},
    },
    ("POST", "/habits/{habit}/pauses"): {
        "an end before the beginning": {"from": "2026-03-05", "to": "2026-03-04"},
        "no end": {"from": "2026-03-05"},
        "numbers for days": {"from": 20260305, "to": 20260306},
        "the year 0001": {"from": "0001-01-01", "to": "2026-03-04"},
        "the inner names": {"first": "2026-03-05", "last": "2026-03-06"},
    },
    ("POST", "/habits/{habit}/check-ins/import"): {
        "no days": {"check_ins": []},
        "1,001 days": {"check_ins": [{"date": "2026-03-01"}] * 1001},
        "a day without a date": {"check_ins": [{"state": "done"}]},
        "a day in the year 9999": {"check_ins": [{"date": "9999-12-31"}]},
        "2 MiB": b'{"check_ins": [' + b" " * 2_097_152 + b"]}",
    },
}

OTHER_TYPES: dict[str, str | None] = {
    "a form": "application/x-www-form-urlencoded",
    "a multipart form": "multipart/form-data; boundary=x",
    "plain text": "text/plain",
    "no content type": None,
}


def hostile_bodies() -> Iterator[Hostile]:
    """Give every hostile request. `{habit}` stands for a habit of the sender's."""
    for why, body in NO_OBJECTS.items():
        yield Hostile(why, "POST", "/habits", body)
        yield Hostile(why, "POST", "/auth/register", body)
    for why, wish in NEW_HABITS.items():
        yield Hostile(why, "POST", "/habits", {**HABIT, **wish})
    for why, body in DAYS.items():
        yield Hostile(why, "PUT", TODAY, body)
    for why, body in NOW.items():
        yield Hostile(why, "POST", "/habits/{habit}/check-ins", body)
    for (method, path), bodies in OTHERS.items():
        for why, body in bodies.items():
            yield Hostile(why, method, path, body)
    for why, content_type in OTHER_TYPES.items():
        yield Hostile(why, "POST", "/habits", b'{"name": "Read", "schedule": {"kind": "daily"}}', content_type)
