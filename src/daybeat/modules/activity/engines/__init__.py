"""How each kind of database stores a batch: one statement, nothing twice, and what that adds to the counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from sqlalchemy import Connection

from daybeat.modules.activity.event import ActivityEvent

FILES = {"sqlite": "sqlite", "postgresql": "postgresql", "mysql": "mysql", "mariadb": "mysql"}


@dataclass(frozen=True, slots=True)
class Engine:
    """`insert` leaves out events that are there. `count` is SQL that counts what has a number above `:before`."""

    insert: Callable[[Connection, Sequence[ActivityEvent]], None]
    count: str


def engine_of(dialect: str) -> Engine:
    """Load what a dialect needs, and nothing of the others."""
    engine: Engine = import_module(f"{__name__}.{FILES[dialect]}").ENGINE
    return engine
