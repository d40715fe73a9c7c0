"""Reading histories of several people, `person,date,count`; the first line that cannot be read ends it, by its number.

Unlike an import, which brings in what it can, a judgement over half a file would only look like one over the whole.
"""

import csv
import io
import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from daybeat.cli.errors import CommandFailed
from daybeat.modules.insights.domain.risk_features import Occurrence

COLUMNS = ("person", "date", "count")
FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Years that are meant: a slip of the pen in a year would be centuries of missed days."""


class NotReadable(CommandFailed):
    """The file is not what this command reads; the message names the line."""

    code = 2


def days_of_people(file: Path) -> dict[str, list[tuple[Occurrence, bool]]]:
    """Read what each person did, day by day from their first line to their last.

    A day is done when its counts add up to more than 0; a day without a line is not. Lines may come in any order.
    """
    counts: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for person, day, count in _lines(file):
        counts[person][day] += count
    return {person: list(_every_day(by_day)) for person, by_day in counts.items()}


def _every_day(counts: dict[date, float]) -> Iterator[tuple[Occurrence, bool]]:
    first, last = min(counts), max(counts)
    for after in range((last - first).days + 1):
        day = first + timedelta(after)
        yield Occurrence(day), counts.get(day, 0) > 0


def _lines(file: Path) -> Iterator[tuple[str, date, float]]:
    rows = csv.reader(io.StringIO(_text(file), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        if missing := [name for name in COLUMNS if name not in header]:
            raise NotReadable(f"Line 1 has to name the columns person,date,count; {missing[0]} is not there.")
        for row in rows:
            if row:
                yield _taken(rows.line_num, header, row)
    except csv.Error as error:
        raise NotReadable(f"Line {rows.line_num} is not a line of a table ({error}).") from None


def _text(file: Path) -> str:
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotReadable(f"Line {line} is not text in UTF-8.") from None


def _taken(line: int, header: list[str], row: list[str]) -> tuple[str, date, float]:
    if len(row) != len(header):
        raise NotReadable(f"Line {line} has {len(row)} columns, the first line names {len(header)}.")
    person, day, count = (row[header.index(name)].strip() for name in COLUMNS)
    if not person:
        raise NotReadable(f"Line {line} does not say who it is about.")
    return person, _day(line, day), _count(line, count)


def _day(line: int, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotReadable(f"Line {line} needs a date like 2026-03-02, from {FIRST_YEAR} to {LAST_YEAR}.")
    return day


def _count(line: int, text: str) -> float:
    try:
        count = float(text)
    except ValueError:
        count = math.nan
    if not math.isfinite(count) or count < 0:
        raise NotReadable(f"Line {line} needs a count from 0.")
    return count
