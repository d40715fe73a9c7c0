"""Who may send events. The answer is remembered for some seconds, so that events do not wait for a database."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qs
from uuid import UUID

from daybeat.infra.web.identity import NotSignedIn, Principal, ScopeMissing
from daybeat.infra.web.limits import TooManyRequests
from daybeat.kit.errors import DomainError, Kind
from daybeat.modules.activity.domain.allowance import Allowance
from daybeat.modules.activity.event import NOBODY
from daybeat.modules.activity.ports import Find

SCOPE = "events:write"
BELIEVED_FOR = 5.0  # seconds; so late does a revoked token stop working here
BELIEVED_WITHOUT_DATABASE = 900.0
MOST_REMEMBERED = 10_000

K = TypeVar("K")
V = TypeVar("V")


@dataclass(slots=True)
class _Known:
    account: UUID
    at: float


class Callers:
    """Finds out whose events these are, and whether they may be that many."""

    def __init__(self, find: Find | None, *, anonymous: bool, per_minute: int) -> None:
        self._find, self._anonymous, self._per_minute = find, anonymous, per_minute
        self._known: OrderedDict[tuple[str, bool], _Known] = OrderedDict()
        self._allowances: OrderedDict[object, Allowance] = OrderedDict()

    async def account_of(self, scope: dict[str, object]) -> UUID:
        """Give the account behind a request: NOBODY's without a token, if that is allowed."""
        token, in_address = _token(scope)
        if token is None:
            if not self._anonymous:
                raise NotSignedIn
            return NOBODY
        known = self._known.get((token, in_address))
        now = time.monotonic()
        if known is None or now - known.at > BELIEVED_FOR:
            known = await self._look(token, known, now, in_address=in_address)
        return known.account

    def count(self, account: UUID, address: str, n: int) -> None:
        """Refuse what is more than one caller may send. Without a token the address is the caller."""
        if not self._per_minute:
            return
        now, who = time.monotonic(), address if account == NOBODY else account
        allowance = self._allowances.get(who)
        if allowance is None:
            allowance = Allowance(self._per_minute, now)
            _remember(self._allowances, who, allowance)
        wait = allowance.take(n, now)
        if wait:
            raise TooManyRequests(retry_after=max(1, round(wait)))

    async def _look(self, token: str, known: _Known | None, now: float, *, in_address: bool) -> _Known:
        if self._find is None:
            raise NotSignedIn
        try:
            principal = await self._find(token)
        except DomainError as trouble:
            if known is not None and trouble.kind is Kind.UNAVAILABLE and now - known.at < BELIEVED_WITHOUT_DATABASE:
                return known
            self._known.pop((token, in_address), None)
            raise
        _check_scope(principal, in_address=in_address)
        known = _Known(principal.user_id, now)
        _remember(self._known, (token, in_address), known)
        return known


def _check_scope(principal: Principal, *, in_address: bool) -> None:
    """A token that stands in an address is seen by many; there it may not be good for anything else."""
    if SCOPE not in principal.scopes or (in_address and principal.scopes != {SCOPE}):
        raise ScopeMissing


def _token(scope: dict[str, object]) -> tuple[str | None, bool]:
    """Find the token: in its header, or in the address for those who cannot send headers."""
    for name, value in scope["headers"]:  # type: ignore[attr-defined]
        if name == b"authorization":
            kind, _, token = value.decode("latin-1").partition(" ")
            if kind.lower() != "bearer" or not token:
                raise NotSignedIn
            return token, False
    query = scope["query_string"]
    if isinstance(query, bytes) and query:
        said = parse_qs(query.decode("latin-1")).get("token")
        return (said[0], True) if said else (None, False)
    return None, False


def _remember(things: OrderedDict[K, V], key: K, thing: V) -> None:
    things[key] = thing
    things.move_to_end(key)
    if len(things) > MOST_REMEMBERED:
        things.popitem(last=False)
