"""What can have happened to an account. Published by `accounts`."""

from dataclasses import dataclass
from uuid import UUID

from daybeat.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class UserRegistered(Event, name="accounts.user.registered"):
    """An account was opened."""

    timezone: str


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event, name="accounts.profile.changed"):
    """Name, time zone, day or preferences are different; `fields` names what."""

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event, name="accounts.password.changed"):
    """The password is a new one; every other session has ended."""


@dataclass(frozen=True, kw_only=True)
class SessionOpened(Event, name="accounts.session.opened"):
    """Somebody signed in with the password."""

    session_id: UUID
    device: str


@dataclass(frozen=True, kw_only=True)
class SessionClosed(Event, name="accounts.session.closed"):
    """A session ended: signed out, or ended from another device."""

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class RefreshTokenReused(Event, name="accounts.refresh_token.reused"):
    """An old refresh token came back, so somebody holds a copy: the session was ended."""

    session_id: UUID
    device: str


@dataclass(frozen=True, kw_only=True)
class ApiTokenCreated(Event, name="accounts.api_token.created"):
    """A token for programs was made."""

    token_id: UUID
    label: str


@dataclass(frozen=True, kw_only=True)
class ApiTokenRevoked(Event, name="accounts.api_token.revoked"):
    """A token for programs stopped working."""

    token_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccountDeleted(Event, name="accounts.account.deleted"):
    """The account is gone; whoever keeps something of it forgets it now."""
