"""Events as files: CSV and NDJSON, written while they are read."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Row

from daybeat.modules.activity.event import NOBODY
from daybeat.modules.activity.queries import Wanted, events_after
from daybeat.modules.activity.store import ActivityStore

AT_ONCE = 1000
COLUMNS = ("id", "user_id", "event_type", "timestamp", "metadata", "event_id", "account_id", "received_at")
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "ndjson": "application/x-ndjson"}
_encode = msgspec.json.encode
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def lines_of(store: ActivityStore, wanted: Wanted, kind: str) -> AsyncIterator[str]:
    """Give the file piece by piece."""
    write = _WRITERS[kind]
    if kind == "csv":
        yield ",".join(COLUMNS) + "\r\n"
    after = 0
    while rows := await store.read(partial(events_after, wanted=wanted, after=after, limit=AT_ONCE)):
        yield await asyncio.to_thread(write, rows)
        after = rows[-1].id


def _ndjson(rows: Sequence[Row[Any]]) -> str:
    return "".join(_encode(fields_of(row)).decode() + "\n" for row in rows)


def _csv(rows: Sequence[Row[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        fields = fields_of(row)
        fields["metadata"] = "" if row.said is None else _encode(row.said).decode()
        fields["event_type"] = _plain(row.event_type)
        writer.writerow([fields[name] for name in COLUMNS])
    return text.getvalue()


def fields_of(row: Row[Any]) -> dict[str, Any]:
    """Give an event in the words of the API."""
    account = None if row.account_id == NOBODY else str(row.account_id)
    return {
        "id": row.id,
        "user_id": row.user_id,
        "event_type": row.event_type,
        "timestamp": row.timestamp.isoformat(),
        "metadata": row.said,
        "event_id": str(row.event_id),
        "account_id": account,
        "received_at": row.received_at.isoformat(),
    }


def _plain(text: str) -> str:
    """Keep a spreadsheet from taking a stranger's words for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


_WRITERS: Mapping[str, Callable[[Sequence[Row[Any]]], str]] = {"csv": _csv, "ndjson": _ndjson}
