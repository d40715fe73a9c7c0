"""Reading a plain day-by-day history: columns by their header, every row that cannot be read named."""

import csv
import math
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from daybeat.cli.errors import CommandFailed

FIRST_YEAR, LAST_YEAR = 2000, 2199  # what the server takes
OWN_COLUMNS = {"date", "count", "note"}


@dataclass(frozen=True, slots=True)
class CountedDay:
    """What the history says of one day."""

    date: date
    count: float
    note: str | None = None

    def as_check_in(self, *, numeric: bool) -> dict[str, object]:
        """Put it as the API takes it: an amount, or done for anything above zero."""
        if numeric:
            said: dict[str, object] = {"state": "done", "amount": self.count}
        else:
            said = {"state": "done" if self.count > 0 else "no"}
        return {"date": self.date.isoformat(), "note": self.note, **said}


@dataclass(slots=True)
class Histories:
    """All habits of a file, each with its days in order, and what could not be read."""

    by_habit: dict[str, list[CountedDay]] = field(default_factory=lambda: defaultdict(list))
    problems: list[str] = field(default_factory=list)


def read_histories(file: Path, *, habit: str | None, habit_column: str | None) -> Histories:
    """Read a file. Days that stand twice for one habit are added up."""
    with file.open(newline="", encoding="utf-8-sig") as lines:
        reader = csv.DictReader(lines)
        columns = [name.strip() for name in reader.fieldnames or []]
        reader.fieldnames = columns
        if not {"date", "count"} <= set(columns):
            raise CommandFailed("The first line has to name the columns: date,count")
        column = _naming_column(columns, habit, habit_column)
        found = Histories()
        for number, row in enumerate(reader, 2):
            _take(found, number, row, habit or (row.get(column or "") or file.stem).strip())
    for name, days in found.by_habit.items():
        found.by_habit[name] = _added_up(days)
    return found


def _naming_column(columns: list[str], habit: str | None, named: str | None) -> str | None:
    """Find the column that names the habit: the one asked for, or the only one that is not ours."""
    if named is not None and named not in columns:
        raise CommandFailed(f"There is no column {named!r}. There are: {', '.join(columns)}.")
    others = [name for name in columns if name not in OWN_COLUMNS]
    if named is None and habit is None and len(others) > 1:
        raise CommandFailed(f"Which column names the habit? Use --habit-column with one of: {', '.join(others)}.")
    return named or (others[0] if others and habit is None else None)


def _take(found: Histories, number: int, row: dict[str, str | None], habit: str) -> None:
    try:
        day = _day(row["date"] or "")
        count = _count(row["count"] or "")
    except ValueError:
        found.problems.append(
            f"Line {number} was left out: a line needs a date like 2026-03-02, not before 2000, and a count from 0."
        )
        return
    found.by_habit[habit].append(CountedDay(day, count, (row.get("note") or "").strip() or None))


def _day(text: str) -> date:
    day = date.fromisoformat(text.strip())
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def _count(text: str) -> float:
    count = float(text.strip())
    if not math.isfinite(count) or count < 0:
        raise ValueError(text)
    return count


def _added_up(days: list[CountedDay]) -> list[CountedDay]:
    sums: dict[date, CountedDay] = {}
    for each in days:
        before = sums.get(each.date)
        sums[each.date] = each if before is None else CountedDay(each.date, before.count + each.count, each.note)
    return [sums[day] for day in sorted(sums)]
