"""Who is asking. The doors of every module use `CurrentUser`; the composition root says how it is found out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Protocol
from uuid import UUID

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from daybeat.kit.calendar import UserCalendar
from daybeat.kit.errors import DomainError, Kind


class NotSignedIn(DomainError):
    """A valid access token is needed: `Authorization: Bearer …`."""

    kind = Kind.UNAUTHENTICATED


class ScopeMissing(DomainError):
    """This token was not given the right to do that."""

    kind = Kind.FORBIDDEN


class ForAdmins(DomainError):
    """Only an admin of this Daybeat may see and do that."""

    kind = Kind.FORBIDDEN


@dataclass(frozen=True, slots=True)
class Principal:
    """The user behind a request. `session_id` is None when a program's API token was used."""

    user_id: UUID
    session_id: UUID | None
    scopes: frozenset[str]
    calendar: UserCalendar
    week_start: int
    is_admin: bool
    token_id: UUID | None = None
    newest_fact: int = 0


class Identify(Protocol):
    """Finds out who a bearer token speaks for; `used` notes that an API token was used."""

    async def __call__(self, token: str, *, used: bool = True) -> Principal: ...


bearer = HTTPBearer(auto_error=False, description="An access token, or an API token of the user's.")


async def _principal(request: Request, _documented: Annotated[Any, Security(bearer)]) -> Principal:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn
    identify: Identify = request.app.state.identify
    principal = await identify(token)
    request.state.user_id = principal.user_id
    return principal


def _needs(scope: str) -> Callable[..., Any]:
    async def with_scope(user: Annotated[Principal, Depends(_principal)]) -> Principal:
        if scope not in user.scopes:
            raise ScopeMissing
        return user

    return with_scope


async def _own_session(user: Annotated[Principal, Depends(_principal)]) -> Principal:
    if user.session_id is None:
        raise ScopeMissing
    return user


CurrentReader = Annotated[Principal, Depends(_needs("read"))]
EventReader = Annotated[Principal, Depends(_needs("events:read"))]
CurrentUser = Annotated[Principal, Depends(_needs("write"))]
SignedInUser = Annotated[Principal, Depends(_own_session)]
"""Somebody who signed in with a password: managing an account is not for API tokens."""


def _admin(user: Principal) -> Principal:
    if not user.is_admin:
        raise ForAdmins
    return user


async def _reading(user: CurrentReader) -> Principal:
    return _admin(user)


async def _writing(user: CurrentUser) -> Principal:
    return _admin(user)


async def _in_person(user: SignedInUser) -> Principal:
    return _admin(user)


AdminReading = Annotated[Principal, Depends(_reading)]
AdminWriting = Annotated[Principal, Depends(_writing)]
AdminInPerson = Annotated[Principal, Depends(_in_person)]
"""What is set aside may be what somebody wrote for themselves: no program's token opens it."""
