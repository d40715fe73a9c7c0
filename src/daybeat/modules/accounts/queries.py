"""Reading accounts: users, sessions, tokens, and who a token speaks for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
from sqlalchemy import Connection, Row, bindparam, func, select

from daybeat.infra.events.log import event_log, event_stream
from daybeat.infra.web.identity import NotSignedIn, Principal
from daybeat.kit.calendar import Stay, UserCalendar
from daybeat.modules.accounts.domain.secrets import API_TOKEN_PREFIX, secret_digest
from daybeat.modules.accounts.models import api_tokens, sessions, users

ACCESS_LIFE = timedelta(minutes=15)
ALGORITHM = "HS256"
BY_OUR_CLOCK: jwt.types.Options = {"require": ["exp", "sub", "sid"], "verify_exp": False, "verify_iat": False}
ALL_SCOPES = frozenset({"read", "write", "events:read", "events:write"})


_NEWEST = event_stream.c.seq.label("newest_fact")
_BY_SESSION = (
    select(users, sessions.c.id.label("session_id"), _NEWEST)
    .join(sessions, sessions.c.user_id == users.c.id)
    .outerjoin(event_stream, event_stream.c.user_id == users.c.id)
    .where(
        sessions.c.id == bindparam("session"), sessions.c.revoked_at.is_(None), sessions.c.expires_at > bindparam("now")
    )
)
_BY_TOKEN = (
    select(users, api_tokens.c.scopes, api_tokens.c.id.label("token_id"), _NEWEST)
    .join(api_tokens, api_tokens.c.user_id == users.c.id)
    .outerjoin(event_stream, event_stream.c.user_id == users.c.id)
    .where(
        api_tokens.c.token_hash == bindparam("digest"),
        api_tokens.c.expires_at.is_(None) | (api_tokens.c.expires_at > bindparam("now")),
    )
)


def find_user(connection: Connection, *, user_id: UUID | None = None, email: str | None = None) -> Row[Any] | None:
    """Find an account by id or by e-mail address, in whatever case it is written."""
    wanted = users.c.id == user_id if user_id is not None else users.c.email_key == (email or "").casefold()
    return connection.execute(select(users).where(wanted)).one_or_none()


def is_first_account(connection: Connection) -> bool:
    """Tell whether nobody has registered yet."""
    return connection.execute(select(func.count()).select_from(users)).scalar_one() == 0


def calendar_of(stays: Sequence[dict[str, Any]]) -> UserCalendar:
    """Read a user's zones as they are stored."""
    return UserCalendar(
        tuple(
            Stay(stay["zone"], stay["rollover"], datetime.fromisoformat(stay["since"]) if stay["since"] else None)
            for stay in stays
        )
    )


def stays_of(calendar: UserCalendar) -> list[dict[str, Any]]:
    """Write a user's zones as they are stored."""
    return [
        {"zone": stay.zone, "rollover": stay.rollover_hour, "since": stay.since and stay.since.isoformat()}
        for stay in calendar.stays
    ]


def issue_access_token(secret: str, user_id: UUID, session_id: UUID, now: datetime) -> str:
    """Make an access token that lasts a quarter of an hour."""
    claims = {"sub": str(user_id), "sid": str(session_id), "iat": now, "exp": now + ACCESS_LIFE}
    return jwt.encode(claims, secret, algorithm=ALGORITHM)


def authenticate(connection: Connection, secret: str, token: str, now: datetime) -> Principal:
    """Say who a bearer token speaks for. A session that ended speaks for nobody, however young its token is."""
    if token.startswith(API_TOKEN_PREFIX):
        return _program(connection, token, now)
    session_id = _session_of(secret, token, now)
    row = connection.execute(_BY_SESSION, {"session": session_id, "now": now}).one_or_none()
    if row is None:
        raise NotSignedIn
    return _principal(row, row.session_id, ALL_SCOPES)


def live_sessions(connection: Connection, user_id: UUID, now: datetime) -> Sequence[Row[Any]]:
    """List the sessions that are open, the newest first."""
    live = (sessions.c.user_id == user_id) & sessions.c.revoked_at.is_(None) & (sessions.c.expires_at > now)
    return connection.execute(select(sessions).where(live).order_by(sessions.c.rotated_at.desc())).all()


def tokens_of(connection: Connection, user_id: UUID) -> Sequence[Row[Any]]:
    """List the tokens for programs, the newest first."""
    query = select(api_tokens).where(api_tokens.c.user_id == user_id).order_by(api_tokens.c.created_at.desc())
    return connection.execute(query).all()


def security_history(connection: Connection, user_id: UUID, limit: int = 50) -> Sequence[Row[Any]]:
    """List what happened to the account, the newest first."""
    query = (
        select(event_log)
        .where(event_log.c.user_id == user_id, event_log.c.type.startswith("accounts."))
        .order_by(event_log.c.user_seq.desc())
        .limit(limit)
    )
    return connection.execute(query).all()


def _session_of(secret: str, token: str, now: datetime) -> UUID:
    try:
        claims = jwt.decode(token, secret, algorithms=[ALGORITHM], options=BY_OUR_CLOCK)
        if claims["exp"] <= now.timestamp():
            raise NotSignedIn
        return UUID(claims["sid"])
    except (jwt.InvalidTokenError, ValueError, TypeError):
        raise NotSignedIn from None


def _program(connection: Connection, token: str, now: datetime) -> Principal:
    row = connection.execute(_BY_TOKEN, {"digest": secret_digest(token), "now": now}).one_or_none()
    if row is None:
        raise NotSignedIn
    return _principal(row, None, frozenset(row.scopes), row.token_id)


def _principal(
    row: Row[Any], session_id: UUID | None, scopes: frozenset[str], token_id: UUID | None = None
) -> Principal:
    return Principal(
        user_id=row.id,
        session_id=session_id,
        scopes=scopes,
        calendar=calendar_of(row.stays),
        week_start=row.week_start,
        is_admin=row.is_admin,
        token_id=token_id,
        newest_fact=row.newest_fact or 0,
    )
