"""The HTTP door of accounts: register, sign in, stay signed in, sign out."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from daybeat import __version__
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.bodies import StrictRoute
from daybeat.infra.web.cookies import SessionCookie, from_page
from daybeat.infra.web.identity import CurrentReader, SignedInUser
from daybeat.infra.web.limits import BoundedPool, RateLimits
from daybeat.infra.web.origins import is_own_page, is_secure
from daybeat.infra.web.problems import documented, problem_response
from daybeat.infra.web.work import WorkNow
from daybeat.kit.errors import NotFound
from daybeat.modules.accounts import handlers, queries, sessions
from daybeat.modules.accounts.commands import ChangePassword, ChangeProfile, Register
from daybeat.modules.accounts.domain.passwords import PasswordHasher, weakness
from daybeat.modules.accounts.errors import ForeignOrigin, SessionEnded, WeakPassword, WrongCredentials, WrongPassword
from daybeat.modules.accounts.refused import RefusedTokens
from daybeat.modules.accounts.schemas import (
    DeleteAccountIn,
    Instance,
    LoginIn,
    PasswordIn,
    ProfileIn,
    RefreshIn,
    RegisterIn,
    Registration,
    SignedIn,
    User,
)

router = APIRouter(prefix="/auth", tags=["accounts"], route_class=StrictRoute)
instance_router = APIRouter(tags=["instance"], route_class=StrictRoute)

REGISTRATIONS = "120/minute"
WRONG_PASSWORDS = "10/5 minutes"
WRONG_BY_ADDRESS = "100/5 minutes"


@dataclass(frozen=True, slots=True)
class AccountsDoor:
    """What the composition root hands to this door."""

    secret: str
    registration: Registration
    hasher: PasswordHasher
    slow: BoundedPool
    limits: RateLimits
    origins: tuple[str, ...]
    refused: RefusedTokens


async def _door(request: Request) -> AccountsDoor:
    door: AccountsDoor = request.app.state.accounts
    return door


Door = Annotated[AccountsDoor, Depends(_door)]


@router.post("/register", status_code=201, responses=documented(403, 409, 422, 429))
async def register(body: RegisterIn, request: Request, response: Response, door: Door, work: WorkNow) -> SignedIn:
    """Open an account and sign in."""
    await door.limits.count(REGISTRATIONS, "register", _address(request))
    weak = weakness(body.password, email=body.email, name=body.name)
    if weak is not None:
        raise WeakPassword(weak)
    hashed = await door.slow.run(lambda: door.hasher.hash(body.password))
    command = Register(
        email=body.email, name=body.name, password_hash=hashed, timezone=body.timezone, invite=body.invite
    )

    def change(uow: UnitOfWork) -> tuple[User, sessions.Grant]:
        user_id = handlers.register(command, registration=door.registration, uow=uow)
        return _signed_in(uow, door, user_id, request)

    return _grant(request, response, door, work, *await work.write(change))


@router.post("/login", responses=documented(401, 422, 429))
async def login(body: LoginIn, request: Request, response: Response, door: Door, work: WorkNow) -> SignedIn:
    """Sign in with e-mail address and password."""
    who = body.email.casefold()
    await door.limits.check(WRONG_PASSWORDS, "login", who, _address(request))
    await door.limits.check(WRONG_BY_ADDRESS, "login", _address(request))
    user = await work.read(lambda connection: queries.find_user(connection, email=body.email))
    kept = user.password_hash if user is not None else None
    if not await door.slow.run(lambda: door.hasher.matches(body.password, kept)) or user is None:
        await door.limits.count(WRONG_PASSWORDS, "login", who, _address(request))
        await door.limits.count(WRONG_BY_ADDRESS, "login", _address(request))
        raise WrongCredentials
    user_id = user.id
    granted = await work.write(lambda uow: _signed_in(uow, door, user_id, request))
    return _grant(request, response, door, work, *granted)


@router.post("/refresh", response_model=SignedIn, responses=documented(401, 403, 422))
async def refresh(
    request: Request, response: Response, door: Door, work: WorkNow, body: RefreshIn | None = None
) -> SignedIn | Response:
    """Exchange the refresh token for the next one. An old one ends the session."""
    token = _presented(request, body, door)

    def change(uow: UnitOfWork) -> tuple[User, sessions.Grant] | None:
        grant = sessions.refresh(uow, door.secret, token)
        return None if isinstance(grant, sessions.Refused) else (_user(uow.connection, grant.user_id), grant)

    granted = None if await door.refused.knows(token) else await work.write(change)
    if granted is None:
        await door.refused.note(token)
        # An exception would be answered with a response of its own, and the cookie would stay.
        refusal = problem_response(401, "session-ended", SessionEnded().detail)
        _cookie(request).clear(refusal)
        return refusal
    return _grant(request, response, door, work, *granted)


@router.post("/logout", status_code=204, responses=documented(401, 403, 422))
async def logout(
    request: Request, response: Response, door: Door, work: WorkNow, body: RefreshIn | None = None
) -> None:
    """End this session. Its refresh token stops working now, open sockets follow within a minute."""
    token = _presented(request, body, door)
    await work.write(lambda uow: sessions.end_session_of_token(uow, door.secret, token))
    _cookie(request).clear(response)


@router.get("/me", responses=documented(401, 403))
async def me(user: CurrentReader, work: WorkNow) -> User:
    """Give the account of whoever asks."""
    return await work.read(lambda connection: _user(connection, user.user_id))


@router.patch("/me", responses=documented(401, 403, 422))
async def change_me(body: ProfileIn, user: SignedInUser, work: WorkNow) -> User:
    """Change name, zone, day start, week start or preferences."""
    command = ChangeProfile(user_id=user.user_id, changes=body.changes())

    def change(uow: UnitOfWork) -> User:
        handlers.change_profile(command, uow=uow)
        return _user(uow.connection, user.user_id)

    return await work.write(change)


@router.post("/password", status_code=204, responses=documented(401, 403, 422, 429))
async def change_password(body: PasswordIn, user: SignedInUser, door: Door, work: WorkNow) -> None:
    """Replace the password; every other session ends."""
    account = await _confirmed(body.current_password, user.user_id, door, work)
    weak = weakness(body.new_password, email=account.email, name=account.name)
    if weak is not None:
        raise WeakPassword(weak)
    hashed = await door.slow.run(lambda: door.hasher.hash(body.new_password))
    session_id = user.session_id
    assert session_id is not None  # noqa: S101 - SignedInUser has one
    command = ChangePassword(user_id=user.user_id, session_id=session_id, password_hash=hashed)
    await work.write(lambda uow: handlers.change_password(command, uow=uow))


@router.delete("/me", status_code=204, responses=documented(401, 403, 422, 429))
async def delete_me(
    body: DeleteAccountIn, request: Request, response: Response, user: SignedInUser, door: Door, work: WorkNow
) -> None:
    """Erase the account and everything in it."""
    await _confirmed(body.password, user.user_id, door, work)
    await work.write(lambda uow: handlers.delete_account(user.user_id, uow=uow))
    _cookie(request).clear(response)


@instance_router.get("/instance")
async def instance(request: Request, door: Door, work: WorkNow) -> Instance:
    """Say what a stranger may know: which version this is and whether accounts can be opened."""
    first = await work.read(queries.is_first_account)
    return Instance(
        name="Daybeat",
        version=__version__,
        registration="open" if first else door.registration,
        secure_cookies=is_secure(request),
        has_accounts=not first,
    )


def _signed_in(uow: UnitOfWork, door: AccountsDoor, user_id: UUID, request: Request) -> tuple[User, sessions.Grant]:
    device = request.headers.get("user-agent", "unknown")[:120]
    return _user(uow.connection, user_id), sessions.open_session(uow, door.secret, user_id, device)


def _user(connection: Connection, user_id: UUID) -> User:
    row = queries.find_user(connection, user_id=user_id)
    if row is None:
        raise NotFound
    return User.of(row)


async def _confirmed(password: str, user_id: UUID, door: AccountsDoor, work: WorkNow) -> User:
    """Make sure it is really the owner who asks for something that cannot be undone."""
    await door.limits.check(WRONG_PASSWORDS, "confirm", str(user_id))
    row = await work.read(lambda connection: queries.find_user(connection, user_id=user_id))
    kept = row.password_hash if row is not None else None
    if not await door.slow.run(lambda: door.hasher.matches(password, kept)) or row is None:
        await door.limits.count(WRONG_PASSWORDS, "confirm", str(user_id))
        raise WrongPassword
    return User.of(row)


def _grant(
    request: Request, response: Response, door: AccountsDoor, work: WorkNow, user: User, grant: sessions.Grant
) -> SignedIn:
    signed_in = SignedIn(
        user=user,
        access_token=queries.issue_access_token(door.secret, grant.user_id, grant.session_id, work.now),
        expires_in=int(queries.ACCESS_LIFE.total_seconds()),
    )
    if from_page(request):
        _cookie(request).set(response, grant.refresh_token, sessions.SESSION_LIFE)
    else:
        signed_in.refresh_token = grant.refresh_token
    return signed_in


def _presented(request: Request, body: RefreshIn | None, door: AccountsDoor) -> str:
    if body is not None and body.refresh_token is not None:
        return body.refresh_token
    if not from_page(request) or not is_own_page(request, door.origins):
        raise ForeignOrigin
    token = _cookie(request).read(request)
    if token is None:
        raise SessionEnded
    return token


def _cookie(request: Request) -> SessionCookie:
    return SessionCookie(secure=is_secure(request))


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
