"""What accounts take and answer over HTTP."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, Strict, StringConstraints
from sqlalchemy import Row

from daybeat.infra.web.fields import Body, Moment, Text, Truth, Whole, Zone, length
from daybeat.modules.accounts.queries import calendar_of

Scope = Literal["read", "write", "events:read", "events:write"]
Registration = Literal["open", "invite", "closed"]
Theme = Literal["system", "light", "dark"]


def _email(value: str) -> str:
    local, _, domain = value.rpartition("@")
    if not local or ("." not in domain.strip(".") and domain != "localhost") or any(c.isspace() for c in value):
        raise ValueError("an e-mail address looks like ana@example.org")
    return value


Email = Annotated[Text, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_email)]
Password = Annotated[str, Strict(), StringConstraints(max_length=1024), Field(json_schema_extra={"format": "password"})]
Name = Annotated[Text, length(100, least=1)]


class RegisterIn(Body):
    """Opens an account."""

    email: Email
    password: Password
    name: Name
    timezone: Zone = "UTC"
    invite: Annotated[Text, length(200)] | None = None


class LoginIn(Body):
    """Signs in."""

    email: Annotated[Text, StringConstraints(strip_whitespace=True, max_length=254)]
    password: Password


class RefreshIn(Body):
    """Exchanges a refresh token; the page sends none, its cookie speaks."""

    refresh_token: Annotated[str, Strict(), StringConstraints(max_length=300)] | None = None


class PreferencesIn(Body):
    """What the page remembers for the user; what is left out stays."""

    theme: Theme | None = None
    shortcuts: Truth | None = None
    haptics: Truth | None = None


class ProfileIn(Body):
    """Changes a profile; what is left out stays."""

    name: Name | None = None
    timezone: Zone | None = None
    rollover_hour: Annotated[Whole, Field(ge=0, le=6)] | None = None
    week_start: Annotated[Whole, Field(ge=0, le=6)] | None = None
    preferences: PreferencesIn | None = None

    def changes(self) -> dict[str, Any]:
        """Give what was named, without the nulls."""
        return self.model_dump(exclude_none=True)


class PasswordIn(Body):
    """Replaces the password."""

    current_password: Password
    new_password: Password


class DeleteAccountIn(Body):
    """Confirms the deletion of an account."""

    password: Password


class ApiTokenIn(Body):
    """Makes a token for a program."""

    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=4)]
    expires_at: Moment | None = None


class Preferences(BaseModel):
    """What the page remembers for the user."""

    theme: Theme
    shortcuts: bool
    haptics: bool


class User(BaseModel):
    """An account as its owner sees it."""

    id: UUID
    email: str
    name: str
    timezone: str
    rollover_hour: int
    week_start: int
    is_admin: bool
    created_at: datetime
    preferences: Preferences

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        calendar = calendar_of(row.stays)
        return cls(
            id=row.id,
            email=row.email,
            name=row.name,
            timezone=calendar.zone,
            rollover_hour=calendar.rollover_hour,
            week_start=row.week_start,
            is_admin=row.is_admin,
            created_at=row.created_at,
            preferences=Preferences(**row.preferences),
        )


class SignedIn(BaseModel):
    """Tokens and the account they belong to. Browsers get the refresh token as a cookie instead."""

    user: User
    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - a kind, not a secret
    expires_in: int
    refresh_token: str | None = None


class SessionOut(BaseModel):
    """A place where the user is signed in."""

    id: UUID
    device: str
    created_at: datetime
    last_used_at: datetime
    current: bool


class SessionList(BaseModel):
    """All places where the user is signed in."""

    items: list[SessionOut]
    next_cursor: None = None


class SecurityEvent(BaseModel):
    """Something that happened to the account."""

    at: datetime
    type: str
    text: str


class SecurityHistory(BaseModel):
    """What happened to the account, the newest first."""

    items: list[SecurityEvent]
    next_cursor: None = None


class ApiToken(BaseModel):
    """A token for programs, without the secret."""

    id: UUID
    name: str
    scopes: list[Scope]
    prefix: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class ApiTokenMade(BaseModel):
    """A new token with its secret, shown this once."""

    id: UUID
    name: str
    scopes: list[Scope]
    expires_at: datetime | None
    token: str


class ApiTokenList(BaseModel):
    """All tokens for programs."""

    items: list[ApiToken]
    next_cursor: None = None


class Instance(BaseModel):
    """What a stranger may know of this Daybeat."""

    name: str
    version: str
    registration: Registration
    secure_cookies: bool
    has_accounts: bool
