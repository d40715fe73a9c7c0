"""Moving a data folder to PostgreSQL: every row of it, checked, in one transaction; or nothing.

Tables of the embedded transport are not copied: what they say is written as the relay and its readers need it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from daybeat.bootstrap.copying_checks import Checked, check
from daybeat.bootstrap.copying_ends import database_of, opened_folder, opened_target
from daybeat.bootstrap.copying_events import copy_events
from daybeat.bootstrap.copying_facts import facts_on_their_way
from daybeat.bootstrap.copying_rows import Part, Watch, copy_part, count_rows, parts, raise_numbers
from daybeat.infra.queues.table import queue_messages


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied, and what the relay will find to do: facts and messages that nobody has read yet."""

    tables: Sequence[Checked]
    facts: int
    messages: int


def copy_folder(source: str, target: str, now: datetime, watch: Watch, *, events_to: str | None = None) -> Copied:
    """Copy a data folder into an empty PostgreSQL database. What fails raises, and leaves the target empty.

    Activity events go first and may go elsewhere. They are in a database of their own, so they may be there already
    when something fails; a second copy then finds them.
    """
    events = copy_events(database_of(source).parent, events_to or target, watch)
    with opened_folder(source) as ours, opened_target(target) as theirs:
        counted = {part: count_rows(ours, part) for part in parts(ours)}
        for part, rows in counted.items():
            copy_part(part, ours, theirs, watch("copy", part.name, rows))
        theirs.execute(text("ANALYZE"))
        checked = _check(counted, ours, theirs, watch)
        facts = facts_on_their_way(ours, theirs, now)
        raise_numbers(ours, theirs)
    messages = sum(each.rows for each in checked if each.table == queue_messages.name)
    return Copied([*checked, *events], facts, messages)


def _check(counted: Mapping[Part, int], ours: Connection, theirs: Connection, watch: Watch) -> list[Checked]:
    return [check(part, ours, theirs, watch("check", part.name, rows)) for part, rows in counted.items()]
