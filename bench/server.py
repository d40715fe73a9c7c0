"""`python -m bench.server WAY`: the very `daybeat serve`, with another store under it.

Only two things differ from `daybeat serve`: the store, and cheap password hashes, so that signing in sixteen people
takes no longer than the measurement.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from bench.stores import Nothing, OneByOne
from daybeat.bootstrap.core import Core, open_core
from daybeat.bootstrap.settings import Settings, load_settings
from daybeat.services import process, serve

WAYS = ("ours", "one-by-one", "nothing")
FEWEST_ROUNDS = 4


@contextmanager
def _open_core(settings: Settings, *, way: str, role: str) -> Iterator[Core]:
    with open_core(settings, role=role) as core:
        yield replace(core, store=_store(core, way))


def _store(core: Core, way: str) -> Any:
    if way == "one-by-one":
        return OneByOne(core.store, core.settings.database_path, core.clock)
    if way == "nothing":
        return Nothing(core.store)
    return core.store


def main(way: str) -> None:
    """Serve in one of the ways."""
    service: Any = serve
    frame: Any = process
    frame.open_core = partial(_open_core, way=way)
    service.build_app = partial(service.build_app, password_rounds=FEWEST_ROUNDS)
    service.serve(load_settings())


if __name__ == "__main__":
    main(sys.argv[1])
