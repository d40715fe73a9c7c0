"""Sessions: signed in with a password, kept alive by rotating refresh tokens, ended by whoever notices theft.

The truth is one row per session. A refresh is one conditional UPDATE, so of many who try at once exactly one makes
the successor. For ten seconds the previous token is answered with that same successor, because an honest client may
have lost the answer; any other use of an old token ends the session.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update

from daybeat.contracts.accounts import RefreshTokenReused, SessionClosed, SessionOpened
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.errors import NotFound
from daybeat.kit.ids import new_id
from daybeat.modules.accounts.domain import refresh_tokens
from daybeat.modules.accounts.models import sessions

SESSION_LIFE = timedelta(days=60)
GRACE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a client holds after signing in or refreshing."""

    user_id: UUID
    session_id: UUID
    refresh_token: str


@dataclass(frozen=True, slots=True)
class Refused:
    """No grant. It is a value, not an exception, because ending a stolen session must be committed."""


def open_session(uow: UnitOfWork, secret: str, user_id: UUID, device: str) -> Grant:
    """Begin a session."""
    session_id = new_id()
    token = refresh_tokens.issue(secret, session_id, 1)
    uow.connection.execute(
        insert(sessions).values(
            id=session_id,
            user_id=user_id,
            device=device,
            generation=1,
            current_hash=refresh_tokens.digest(token),
            rotated_at=uow.now,
            created_at=uow.now,
            expires_at=uow.now + SESSION_LIFE,
        )
    )
    uow.record(SessionOpened(user_id=user_id, session_id=session_id, device=device))
    return Grant(user_id, session_id, token)


def refresh(uow: UnitOfWork, secret: str, token: str) -> Grant | Refused:
    """Exchange a refresh token for its successor."""
    parsed = refresh_tokens.parse(secret, token)
    if parsed is None:
        return Refused()
    presented = refresh_tokens.digest(token)
    row = _rotate(uow, secret, parsed.session_id, parsed.generation, presented)
    if row is not None:
        return Grant(row.user_id, row.id, refresh_tokens.issue(secret, row.id, row.generation))
    row = uow.connection.execute(select(sessions).where(sessions.c.id == parsed.session_id)).one_or_none()
    if row is None or row.revoked_at is not None or row.expires_at <= uow.now or not parsed.genuine:
        return Refused()
    if row.previous_hash == presented and uow.now - row.rotated_at <= GRACE:
        return Grant(row.user_id, row.id, refresh_tokens.issue(secret, row.id, row.generation))
    _end_stolen(uow, row)
    return Refused()


def end_session(uow: UnitOfWork, user_id: UUID, session_id: UUID) -> None:
    """End one session of the user's."""
    own = (sessions.c.id == session_id) & (sessions.c.user_id == user_id) & sessions.c.revoked_at.is_(None)
    if uow.connection.execute(update(sessions).where(own).values(revoked_at=uow.now)).rowcount == 0:
        raise NotFound
    uow.record(SessionClosed(user_id=user_id, session_id=session_id))


def end_session_of_token(uow: UnitOfWork, secret: str, token: str) -> None:
    """Sign out with nothing but the refresh token; an unknown one is signed out already."""
    parsed = refresh_tokens.parse(secret, token)
    if parsed is None or not parsed.genuine:
        return
    live = (sessions.c.id == parsed.session_id) & sessions.c.revoked_at.is_(None)
    ended = uow.connection.execute(
        update(sessions).where(live).values(revoked_at=uow.now).returning(sessions.c.user_id)
    ).first()
    if ended is not None:
        uow.record(SessionClosed(user_id=ended.user_id, session_id=parsed.session_id))


def end_other_sessions(uow: UnitOfWork, user_id: UUID, *, keep: UUID) -> None:
    """End every session of the user's but one."""
    others = (sessions.c.user_id == user_id) & (sessions.c.id != keep) & sessions.c.revoked_at.is_(None)
    ended = uow.connection.execute(
        update(sessions).where(others).values(revoked_at=uow.now).returning(sessions.c.id)
    ).all()
    for row in ended:
        uow.record(SessionClosed(user_id=user_id, session_id=row.id))


def forget_ended_sessions(uow: UnitOfWork) -> None:
    """Drop sessions that expired; revoked ones stay until then, so that their old tokens are still recognised."""
    uow.connection.execute(delete(sessions).where(sessions.c.expires_at < uow.now))


def _rotate(uow: UnitOfWork, secret: str, session_id: UUID, generation: int, presented: bytes) -> Row[Any] | None:
    successor = refresh_tokens.issue(secret, session_id, generation + 1)
    live = (
        (sessions.c.id == session_id)
        & (sessions.c.current_hash == presented)
        & sessions.c.revoked_at.is_(None)
        & (sessions.c.expires_at > uow.now)
    )
    rotation = (
        update(sessions)
        .where(live)
        .values(
            generation=generation + 1,
            current_hash=refresh_tokens.digest(successor),
            previous_hash=presented,
            rotated_at=uow.now,
            expires_at=uow.now + SESSION_LIFE,
        )
    )
    return uow.connection.execute(
        rotation.returning(sessions.c.id, sessions.c.user_id, sessions.c.generation)
    ).one_or_none()


def _end_stolen(uow: UnitOfWork, row: Row[Any]) -> None:
    uow.connection.execute(update(sessions).where(sessions.c.id == row.id).values(revoked_at=uow.now))
    uow.record(RefreshTokenReused(user_id=row.user_id, session_id=row.id, device=row.device))
