"""Closing the books: whether a data folder holds what the ledger says, once, and nothing else."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from tests.support.crowd import marks_of
from tests.support.ledger import Errand, Ledger

UNASKED = ("accounts.", "devices.", "insights.")
"""Facts that no errand asks for: insights are what Daybeat itself thinks of what was said."""
RECORDED = "habits.check_in.recorded"
CLEARED = "habits.check_in.cleared"
CREATED = "habits.habit.created"
FELT = "moods.mood.recorded"

PENDING: LiteralString = """
SELECT 'event_outbox', count(*) FROM event_outbox UNION ALL SELECT 'queue_messages', count(*) FROM queue_messages
"""
MISORDERED: LiteralString = """
SELECT subscriber, user_id, user_seq FROM (
    SELECT i.subscriber, l.user_id, l.user_seq, i.handled_at,
           max(i.handled_at) OVER (PARTITION BY i.subscriber, l.user_id ORDER BY l.user_seq
                                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM inbox i JOIN event_log l ON l.id = i.event_id
) AS handled WHERE before > handled_at
"""
"""Facts a subscriber handled before an older one of the same user."""


@dataclass(slots=True)
class Books:
    """What stands in SQLite, read without Daybeat."""

    habits: dict[str, str] = field(default_factory=dict)
    check_ins: list[tuple[str, str, str, str | None]] = field(default_factory=list)
    moods: list[tuple[str, str | None]] = field(default_factory=list)
    facts: dict[str, list[tuple[int, str, dict[str, Any]]]] = field(default_factory=lambda: defaultdict(list))
    numbered_to: dict[str, int] = field(default_factory=dict)
    lived_days: dict[tuple[str, str], tuple[str, float | None]] = field(default_factory=dict)
    set_aside: int = 0
    pending: list[str] = field(default_factory=list)
    misordered: list[str] = field(default_factory=list)
    integrity: str = ""


def read_books(folder: Path) -> Books:
    """Read a data folder that nobody has open. Ids are compared as the API writes them."""
    with closing(sqlite3.connect(folder / "daybeat.db")) as database:
        books = _read(lambda query: database.execute(query).fetchall())
        books.integrity = database.execute("PRAGMA integrity_check").fetchone()[0]
    return books


def read_shared_books(url: str) -> Books:
    """Read a PostgreSQL as it stands at one moment: a job may still tell something."""
    with psycopg.connect(url) as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        books = _read(lambda query: database.execute(query).fetchall())
        books.pending = [f"{row[1]} in {row[0]}" for row in database.execute(PENDING).fetchall() if row[1]]
        books.misordered = [f"{row[0]}: fact {row[2]} of {row[1]}" for row in database.execute(MISORDERED).fetchall()]
    books.integrity = "ok"
    return books


def _read(look: Callable[[LiteralString], list[Any]]) -> Books:
    books = Books()
    emails = {_id(user): email for user, email in look("SELECT id, email FROM users")}
    books.habits = {_id(habit): name for habit, name in look("SELECT id, name FROM habits")}
    books.moods = [(_id(mood), note) for mood, note in look("SELECT id, note FROM moods")]
    books.check_ins = [
        (_id(check_in), _id(habit), str(day), note)
        for check_in, habit, day, note in look("SELECT id, habit_id, day, note FROM check_ins")
    ]
    for user, number, kind, data in look("SELECT user_id, user_seq, type, data FROM event_log ORDER BY user_seq"):
        books.facts[emails[_id(user)]].append((number, kind, json.loads(data) if isinstance(data, str) else data))
    books.numbered_to = {emails[_id(user)]: seq for user, seq in look("SELECT user_id, seq FROM event_stream")}
    books.lived_days = {
        (_id(habit), str(day)): (state, amount)
        for habit, day, state, amount in look("SELECT habit_id, day, state, amount FROM insight_lived_days")
    }
    books.set_aside = look("SELECT count(*) FROM quarantine")[0][0]
    return books


@dataclass(slots=True)
class Verdict:
    """How many of each there are, with a few examples. All of them have to be none."""

    found: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def note(self, what: str, example: str) -> None:
        self.found[what] += 1
        if self.found[what] <= 3:
            self.examples.append(f"{what}: {example}")

    @property
    def is_clean(self) -> bool:
        return not self.found


def audit(ledger: Ledger, books: Books) -> Verdict:
    """Hold the ledger against the books."""
    verdict = Verdict()
    for line in ledger.unexpected:
        verdict.note("unexpected", line)
    _check_rows(ledger, books, verdict)
    _check_facts(ledger, books, verdict)
    _check_order(ledger, books, verdict)
    _check_lived_days(books, verdict)
    if books.integrity != "ok":
        verdict.note("integrity", books.integrity)
    for left in books.pending:
        verdict.note("left over", left)
    for fact in books.misordered:
        verdict.note("handled out of order", fact)
    if books.set_aside:
        verdict.note("quarantine", f"{books.set_aside} set aside")
    return verdict


def _check_rows(ledger: Ledger, books: Books, verdict: Verdict) -> None:
    """Each acknowledged change is there once, each ambiguous one at most once, and nothing else is there."""
    undone = marks_of(ledger.acknowledged, "undo")
    made = marks_of(ledger.errands, "put", "keyed", "once")
    stored = Counter(note for _, _, _, note in books.check_ins)
    for mark, errand in made.items():
        _compare(errand, stored[mark], 0 if errand.made in undone else 1, verdict)
    for note in stored.keys() - made.keys():
        verdict.note("phantom", f"check-in {note}")
    felt = marks_of(ledger.errands, "mood", "reply")
    noted = Counter(note for _, note in books.moods)
    for mark, errand in felt.items():
        _compare(errand, noted[mark], 1, verdict)
    for note in noted.keys() - felt.keys():
        verdict.note("phantom", f"mood {note}")
    begun = marks_of(ledger.errands, "habit")
    names = Counter(books.habits.values())
    for mark, errand in begun.items():
        _compare(errand, names[mark], 1, verdict)
    for name in names.keys() - begun.keys():
        verdict.note("phantom", f"habit {name}")


def _compare(errand: Errand, there: int, wanted: int, verdict: Verdict) -> None:
    least = wanted if errand.answered is not None else 0
    if there < least:
        verdict.note("lost", f"{errand.kind} {errand.mark}")
    elif there > wanted:
        verdict.note("doubled", f"{errand.kind} {errand.mark}: {there}, not {wanted}")


def _check_facts(ledger: Ledger, books: Books, verdict: Verdict) -> None:
    """The log holds one fact for each change that was accepted, and no other."""
    told = Counter(_subject(kind, data) for facts in books.facts.values() for _, kind, data in facts)
    undone = marks_of(ledger.acknowledged, "undo")
    wanted = {(RECORDED, check_in) for check_in, _, _, _ in books.check_ins}
    wanted |= {(RECORDED, check_in) for check_in in undone}
    wanted |= {(CLEARED, check_in) for check_in in undone}
    wanted |= {(CREATED, habit) for habit in books.habits}
    wanted |= {(FELT, mood) for mood, _ in books.moods}
    for errand in ledger.acknowledged:
        if errand.made is not None:
            wanted.add(({"habit": CREATED, "mood": FELT}.get(errand.kind, RECORDED), errand.made))
    for fact in wanted:
        if told[fact] != 1:
            verdict.note("facts doubled" if told[fact] else "facts lost", f"{fact}: {told[fact]}")
    for kind, subject in told.keys() - wanted:
        if not kind.startswith(UNASKED):
            verdict.note("facts phantom", f"{kind} {subject}")


def _check_order(ledger: Ledger, books: Books, verdict: Verdict) -> None:
    """Facts are numbered without a gap, and whatever was answered before something else was sent comes before it."""
    errands = {(each.kind == "undo", each.made or each.mark): each for each in ledger.acknowledged}
    errands |= {(True, mark): errand for mark, errand in marks_of(ledger.acknowledged, "undo").items()}
    for user, facts in books.facts.items():
        numbers = [number for number, _, _ in facts]
        if numbers != list(range(1, len(facts) + 1)) or books.numbered_to[user] != len(facts):
            verdict.note("gaps", f"{user}: {len(facts)} facts, the last is {books.numbered_to[user]}")
        newest_sent = -1
        for _, kind, data in facts:
            subject = _subject(kind, data)[1]
            errand = errands.get((kind == CLEARED, subject))
            if errand is None or errand.answered is None or errand.sent is None:
                continue
            if errand.answered < newest_sent:
                verdict.note("out of order", f"{user}: {errand.kind} {errand.mark}")
            newest_sent = max(newest_sent, errand.sent)


def _check_lived_days(books: Books, verdict: Verdict) -> None:
    """The read model knows exactly the days that have a check-in."""
    said = {(habit, day) for _, habit, day, _ in books.check_ins}
    for habit, day in said ^ books.lived_days.keys():
        verdict.note("read model", f"{habit} {day}")


def same_answers(before: Any, after: Any, what: str, verdict: Verdict) -> None:
    """Compare what was answered before and after a rebuild."""
    for place, (one, other) in _pairs(before, after):
        if one != other:
            verdict.note(f"{what} differs", f"{place}: {str(one)[:120]} became {str(other)[:120]}")


def _pairs(before: dict[Any, Any], after: dict[Any, Any]) -> Iterator[tuple[Any, tuple[Any, Any]]]:
    for key in before.keys() | after.keys():
        yield key, (before.get(key), after.get(key))


def _subject(kind: str, data: dict[str, Any]) -> tuple[str, str]:
    """Name a fact by what it speaks of; a habit's creation by the habit, a check-in's by the check-in."""
    if kind == CREATED:
        return kind, data["habit_id"]
    if kind == FELT:
        return kind, data["mood_id"]
    return kind, data.get("check_in_id") or json.dumps(data, sort_keys=True)[:100]


def _id(stored: str | UUID) -> str:
    return str(stored if isinstance(stored, UUID) else UUID(stored))
