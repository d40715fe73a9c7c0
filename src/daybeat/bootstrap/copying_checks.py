"""Comparing what was copied, row by row: both sides in the order of their keys, each value in one canonical form."""

import hashlib
import json
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Connection, Date, String, Uuid

from daybeat.bootstrap.copying_ends import CannotCopy
from daybeat.bootstrap.copying_rows import BATCH, Part, Progress
from daybeat.infra.db.schema import Instant

Canonical = Callable[[Any], str]
Values = tuple[Any, ...] | None


class Differs(CannotCopy):
    """What came out of PostgreSQL is not what went in."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A table that says the same on both sides: its rows, and SHA-256 over all of them."""

    table: str
    rows: int
    checksum: str


def check(part: Part, source: Connection, target: Connection, progress: Progress) -> Checked:
    """Read a table back from both sides and compare."""
    checksum, rows = hashlib.sha256(), 0
    with closing(_rows(part, source)) as sent, closing(_rows(part, target)) as found:
        for rows, (one, other) in enumerate(zip_longest(sent, found), 1):
            checksum.update(_same(part, one, other))
            if rows % BATCH == 0:
                progress(rows)
    progress(rows)
    return Checked(part.name, rows, checksum.hexdigest())


def _same(part: Part, sent: Values, found: Values) -> bytes:
    """Give what both sides say; when they differ, the copy ends with the name of the row."""
    written = repr(sent).encode()
    if written != repr(found).encode():
        raise Differs(f"The copy of {part.name} differs at {part.key(sent or found or ())}, so it was taken back.")
    return written


def _rows(part: Part, connection: Connection) -> Generator[Values, None, None]:
    """Read rows by key, as plain values that look the same wherever they come from."""
    forms = [_form(column) for column in part.table.columns]
    by_key = part.rows.order_by(*(_in_bytes(column, connection) for column in part.table.primary_key))
    with connection.execute(by_key.execution_options(yield_per=BATCH)) as result:
        for row in result:
            yield tuple(
                [
                    value if form is None or value is None else form(value)
                    for form, value in zip(forms, row, strict=True)
                ]
            )


def _in_bytes(column: Column[Any], connection: Connection) -> ColumnElement[Any]:
    """Order texts by their bytes, as SQLite does, and not by the language of the server."""
    is_text = isinstance(column.type, String) and connection.dialect.name == "postgresql"
    return column.collate("C") if is_text else column


def _form(column: Column[Any]) -> Canonical | None:
    """Tell how a value is written; numbers, texts, truths and bytes are written as they are."""
    return next((form for kind, form in FORMS.items() if isinstance(column.type, kind)), None)


def _uuid(written: str) -> str:
    return written.replace("-", "")


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _date(value: date) -> str:
    return value.isoformat()


@lru_cache(maxsize=16)  # nearly always both sides say it in the same words, one right after the other
def _json(written: str) -> str:
    return json.dumps(json.loads(written), sort_keys=True)


FORMS: dict[type, Canonical] = {Uuid: _uuid, Instant: _instant, Date: _date, JSON: _json}
