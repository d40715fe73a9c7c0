"""Lists are cut into pages; the cursor is opaque to those who use it."""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, TypeVar

from fastapi import Query

from daybeat.kit.errors import DomainError

T = TypeVar("T")

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


def _write(offset: int) -> str:
    return base64.urlsafe_b64encode(f"o{offset}".encode()).decode()


def _read(cursor: str) -> int:
    try:
        text = base64.urlsafe_b64decode(cursor.encode()).decode()
        if not text.startswith("o") or not text[1:].isdecimal():
            raise CursorNotValid
        return int(text[1:])
    except (binascii.Error, ValueError):
        raise CursorNotValid from None
