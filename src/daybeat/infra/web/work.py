"""What a route holds while it works: the store, the clock and where the request came from."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from sqlalchemy import Connection

from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork

T = TypeVar("T")

_CLIENTS = {"web": "web", "terminal": "terminal"}
_PHONES = re.compile(r"Mobi|Android|iPhone", re.IGNORECASE)


class Work:
    """One request's access to the store. `write` returns after the commit, so the answer can be believed."""

    def __init__(self, store: Store, now: datetime, origin: Origin, request: Request) -> None:
        self._store = store
        self._request = request
        self.now = now
        self.origin = origin

    async def read(self, look: Callable[[Connection], T]) -> T:
        return await self._store.read(look)

    async def write(self, change: Callable[[UnitOfWork], T]) -> T:
        """Change something in the turn of the user who asks."""
        user_id = getattr(self._request.state, "user_id", None)

        def in_turn(uow: UnitOfWork) -> T:
            if user_id is not None:
                uow.in_turn_of(user_id)
            return change(uow)

        return await self._store.write(in_turn, self.origin)


def request_origin(request: Request) -> Origin:
    """Read from the headers which client this is."""
    agent = request.headers.get("user-agent", "")
    source = _CLIENTS.get(request.headers.get("x-daybeat-client", ""), "api")
    device = None if source == "api" else "phone" if _PHONES.search(agent) else "computer"
    return Origin(source=source, device=device, correlation_id=request.state.correlation_id)


async def _work(request: Request) -> Work:
    state = request.app.state
    return Work(state.store, state.clock.now(), request_origin(request), request)


WorkNow = Annotated[Work, Depends(_work)]
