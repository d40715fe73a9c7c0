"""Lists are cut into pages; the cursor is opaque to those who use it."""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, TypeVar

from fastapi import Query

from daybeat.kit.errors import DomainError

T = TypeVar("T")

MOST_NUMBER = 2**63 - 1
MOST_ROWS = 2**31 - 1  # more than any list has, and less than any database refuses

Limit = Annotated[int, Query(ge=1, le=1000)]
Cursor = Annotated[str | None, Query(max_length=64)]


class CursorNotValid(DomainError):
    """This cursor was not given out by Daybeat."""


def page(items: Sequence[T], limit: int, cursor: str | None) -> tuple[list[T], str | None]:
    """Cut out the page behind the cursor, with the cursor of the page after it (None: that was all)."""
    first = 0 if cursor is None else _read(cursor)
    following = first + limit
    return list(items[first:following]), _write(following) if following < len(items) else None


def reach(limit: int, cursor: str | None) -> int:
    """Give how many rows of a list a page needs: all before it, its own, and one that tells of a next page."""
    return min((0 if cursor is None else _read(cursor)) + limit + 1, MOST_ROWS)


def write_number(number: int) -> str:
    """Write the cursor of a list that goes on behind a numbered row, however many come before it meanwhile."""
    return _write(number, "n")


def number_after(cursor: str | None) -> int | None:
    """Give the number behind which a list goes on; None at its beginning."""
    return None if cursor is None else _read(cursor, "n")


def _write(number: int, kind: str = "o") -> str:
    return base64.urlsafe_b64encode(f"{kind}{number}".encode()).decode()


def _read(cursor: str, kind: str = "o") -> int:
    try:
        text = base64.urlsafe_b64decode(cursor.encode()).decode()
        if not text.startswith(kind) or not text[1:].isdecimal():
            raise CursorNotValid
        return min(int(text[1:]), MOST_NUMBER)
    except (binascii.Error, ValueError):
        raise CursorNotValid from None
