"""Moving activity events: they have a database of their own, and go through the door every event goes through.

What is there already stays, so a copy that was stopped goes on where it was.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Row, func, select
from sqlalchemy.exc import DBAPIError

from daybeat.bootstrap.activity.storing import open_activity
from daybeat.bootstrap.copying_checks import Checked, Differs
from daybeat.bootstrap.copying_ends import CannotCopy
from daybeat.bootstrap.copying_rows import Watch
from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.store import StoreUnavailable
from daybeat.kit.clock import SystemClock
from daybeat.kit.errors import DomainError
from daybeat.modules.activity.batch import Batch
from daybeat.modules.activity.event import ActivityEvent
from daybeat.modules.activity.models import activity_refused, user_activities
from daybeat.modules.activity.queries import Wanted, events_after
from daybeat.modules.activity.refused import Refusal
from daybeat.modules.activity.store import ActivityStore

AT_ONCE = 2000
EVERYTHING = Wanted(account=None)


def copy_events(folder: Path, target: str, watch: Watch) -> Sequence[Checked]:
    """Copy the events of a data folder, and read them back from both sides; a folder may have none."""
    settings = Settings(data_dir=folder)
    if not settings.activity_path.exists():
        return ()
    ours = open_activity(
        settings.model_copy(update={"activity_database_url": None, "database_url": None}), SystemClock()
    )
    theirs = open_activity(settings.model_copy(update={"activity_database_url": SecretStr(target)}), SystemClock())
    try:
        total = ours.read_now(lambda c: c.execute(select(func.count()).select_from(user_activities)).scalar_one())
        _copy(ours, theirs, watch("copy", user_activities.name, total))
        return (_check(ours, theirs, watch("check", user_activities.name, total)),)
    except (StoreUnavailable, DomainError, DBAPIError) as trouble:
        reason = trouble.__cause__ if isinstance(trouble, StoreUnavailable) else trouble
        said = str(getattr(reason, "orig", reason)).strip().splitlines()[0]
        raise CannotCopy(f"The events cannot be copied: {said}") from trouble
    finally:
        ours.close()
        theirs.close()


def _copy(ours: ActivityStore, theirs: ActivityStore, progress: Any) -> None:
    for done, rows in enumerate(_batches(ours), 1):
        theirs.append(Batch([_event(row) for row in rows]))
        progress(done * AT_ONCE)
    refused = ours.read_now(lambda c: c.execute(select(activity_refused)).all())
    theirs.append(Batch((), [Refusal(row.id, row.account_id, row.body, row.reason) for row in refused]))


def _check(ours: ActivityStore, theirs: ActivityStore, progress: Any) -> Checked:
    checksum, rows = hashlib.sha256(), 0
    sides = (row for rows in _batches(ours) for row in rows), (row for rows in _batches(theirs) for row in rows)
    for rows, (sent, found) in enumerate(zip_longest(*sides), 1):
        written = _told(sent)
        if written != _told(found):
            raise Differs(f"The copy of {user_activities.name} differs at its row {rows}: it needs an empty place.")
        checksum.update(written.encode())
        if rows % AT_ONCE == 0:
            progress(rows)
    progress(rows)
    return Checked(user_activities.name, rows, checksum.hexdigest())


def _batches(store: ActivityStore) -> Iterator[Sequence[Row[Any]]]:
    after = 0
    while rows := store.read_now(partial(events_after, wanted=EVERYTHING, after=after, limit=AT_ONCE)):
        yield rows
        after = rows[-1].id


def _event(row: Row[Any]) -> ActivityEvent:
    return ActivityEvent(
        user_id=row.user_id,
        event_type=row.event_type,
        timestamp=row.timestamp,
        metadata=row.said,
        event_id=row.event_id,
        account=row.account_id,
        received_at=row.received_at,
    )


def _told(row: Row[Any] | None) -> str:
    """Say a row in words that are the same wherever it comes from; its number is not part of what was said."""
    if row is None:
        return ""
    times = [at.astimezone(UTC).isoformat(timespec="microseconds") for at in (row.timestamp, row.received_at)]
    said = json.dumps(row.said, sort_keys=True)
    return repr((row.user_id, row.event_type, *times, said, row.event_id.hex, row.account_id.hex))
