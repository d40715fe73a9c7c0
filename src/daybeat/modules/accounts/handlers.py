"""Opening, changing and closing accounts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from daybeat.contracts.accounts import (
    AccountDeleted,
    ApiTokenCreated,
    ApiTokenRevoked,
    PasswordChanged,
    ProfileChanged,
    UserRegistered,
)
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.log import forget_events
from daybeat.infra.events.quarantine import forget_set_aside
from daybeat.infra.web.idempotency import forget_keys
from daybeat.kit.calendar import Stay, UserCalendar
from daybeat.kit.errors import NotFound
from daybeat.kit.ids import new_id
from daybeat.modules.accounts.commands import ChangePassword, ChangeProfile, CreateApiToken, Register
from daybeat.modules.accounts.domain.secrets import API_TOKEN_PREFIX, INVITE_PREFIX, new_secret, secret_digest
from daybeat.modules.accounts.errors import EmailTaken, InviteNotValid, RegistrationClosed, TooManyTokens
from daybeat.modules.accounts.models import api_tokens, invites, users
from daybeat.modules.accounts.queries import calendar_of, find_user, stays_of
from daybeat.modules.accounts.sessions import end_other_sessions

DEFAULT_ROLLOVER = 3
MOST_TOKENS = 50
INVITE_LIFE = timedelta(days=14)
PREFERENCES: Mapping[str, Any] = {"theme": "system", "shortcuts": True, "haptics": False}


def register(command: Register, *, registration: str, uow: UnitOfWork) -> UUID:
    """Open an account. The first one of an instance becomes its admin, whatever the registration setting says."""
    uow.in_turn_of("accounts.register")
    first = uow.connection.execute(select(func.count()).select_from(users)).scalar_one() == 0
    if not first:
        _check_registration(command.invite, registration, uow)
    if find_user(uow.connection, email=command.email) is not None:
        raise EmailTaken
    calendar = UserCalendar((Stay(command.timezone, DEFAULT_ROLLOVER),))
    user_id = new_id()
    uow.connection.execute(
        insert(users).values(
            id=user_id,
            email=command.email,
            email_key=command.email.casefold(),
            name=command.name,
            password_hash=command.password_hash,
            stays=stays_of(calendar),
            week_start=0,
            preferences=dict(PREFERENCES),
            is_admin=first,
            created_at=uow.now,
        )
    )
    uow.record(UserRegistered(user_id=user_id, timezone=command.timezone))
    return user_id


def change_profile(command: ChangeProfile, *, uow: UnitOfWork) -> None:
    """Change the profile. A new zone or rollover holds from now on; days that were lived keep theirs."""
    user = find_user(uow.connection, user_id=command.user_id)
    if user is None:
        raise NotFound
    changes = dict(command.changes)
    calendar = calendar_of(user.stays)
    zone = changes.pop("timezone", None) or calendar.zone
    rollover = changes.pop("rollover_hour", None)
    rollover = calendar.rollover_hour if rollover is None else rollover
    if (zone, rollover) != (calendar.zone, calendar.rollover_hour):
        changes["stays"] = stays_of(calendar.moved(zone, rollover, uow.now))
    if "preferences" in changes:
        changes["preferences"] = {**user.preferences, **changes["preferences"]}
    changes = {key: value for key, value in changes.items() if getattr(user, key) != value}
    if changes:
        uow.connection.execute(update(users).where(users.c.id == command.user_id).values(**changes))
        days = {"timezone": zone != calendar.zone, "rollover_hour": rollover != calendar.rollover_hour}
        fields = changes.keys() - {"stays"} | {name for name, differs in days.items() if differs}
        uow.record(ProfileChanged(user_id=command.user_id, fields=tuple(sorted(fields))))


def change_password(command: ChangePassword, *, uow: UnitOfWork) -> None:
    """Take the new password; whoever was signed in elsewhere has to know it."""
    changed = update(users).where(users.c.id == command.user_id).values(password_hash=command.password_hash)
    uow.connection.execute(changed)
    end_other_sessions(uow, command.user_id, keep=command.session_id)
    uow.record(PasswordChanged(user_id=command.user_id))


def delete_account(user_id: UUID, *, uow: UnitOfWork) -> None:
    """Erase the account and everything the log says of it, then tell the other modules to forget."""
    uow.connection.execute(delete(users).where(users.c.id == user_id))
    forget_events(uow.connection, user_id)
    forget_set_aside(uow.connection, user_id)
    forget_keys(uow, user_id)
    uow.record(AccountDeleted(user_id=user_id))


def create_api_token(command: CreateApiToken, *, uow: UnitOfWork) -> tuple[UUID, str]:
    """Make a token; it is told once and kept only as a digest."""
    count = select(func.count()).select_from(api_tokens).where(api_tokens.c.user_id == command.user_id)
    if uow.connection.execute(count).scalar_one() >= MOST_TOKENS:
        raise TooManyTokens
    token_id, token = new_id(), new_secret(API_TOKEN_PREFIX)
    uow.connection.execute(
        insert(api_tokens).values(
            id=token_id,
            user_id=command.user_id,
            name=command.name,
            prefix=token[:10],
            token_hash=secret_digest(token),
            scopes=sorted(set(command.scopes)),
            created_at=uow.now,
            expires_at=command.expires_at,
        )
    )
    uow.record(ApiTokenCreated(user_id=command.user_id, token_id=token_id, label=command.name))
    return token_id, token


def revoke_api_token(user_id: UUID, token_id: UUID, *, uow: UnitOfWork) -> None:
    """Stop a token from working, at once."""
    own = (api_tokens.c.id == token_id) & (api_tokens.c.user_id == user_id)
    if uow.connection.execute(delete(api_tokens).where(own)).rowcount == 0:
        raise NotFound
    uow.record(ApiTokenRevoked(user_id=user_id, token_id=token_id))


def note_token_use(token_id: UUID, *, uow: UnitOfWork) -> None:
    """Remember when a token was last used."""
    uow.connection.execute(update(api_tokens).where(api_tokens.c.id == token_id).values(last_used_at=uow.now))


def create_invite(*, uow: UnitOfWork) -> str:
    """Make an invitation for one account; it is told once and lasts two weeks."""
    code = new_secret(INVITE_PREFIX)
    uow.connection.execute(insert(invites).values(code_hash=secret_digest(code), expires_at=uow.now + INVITE_LIFE))
    return code


def _check_registration(invite: str | None, registration: str, uow: UnitOfWork) -> None:
    if registration == "closed" or (registration == "invite" and invite is None):
        raise RegistrationClosed
    if registration == "invite" and invite is not None:
        valid = (invites.c.code_hash == secret_digest(invite)) & invites.c.used_at.is_(None)
        taken = update(invites).where(valid, invites.c.expires_at > uow.now).values(used_at=uow.now)
        if uow.connection.execute(taken).rowcount != 1:
            raise InviteNotValid
