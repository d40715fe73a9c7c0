"""What every event is: a fact in the past tense, named once, only ever added to."""

import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import ClassVar
from uuid import UUID

from daybeat import contracts


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact about one user. A subclass gives it a wire name `module.noun.past` and a version."""

    name: ClassVar[str]
    version: ClassVar[int]
    known: ClassVar[dict[tuple[str, int], type["Event"]]] = {}

    user_id: UUID

    def __init_subclass__(cls, *, name: str, version: int = 1) -> None:
        super().__init_subclass__()
        cls.name, cls.version = name, version
        Event.known.setdefault((name, version), cls)


def all_events() -> Iterable[type[Event]]:
    """Give every event class, ordered by wire name. A class is known once its module is loaded, so all of them are."""
    for module in pkgutil.iter_modules(contracts.__path__):
        import_module(f"{contracts.__name__}.{module.name}")
    return [Event.known[key] for key in sorted(Event.known)]
