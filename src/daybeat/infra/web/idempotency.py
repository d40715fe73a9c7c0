"""The same key twice has one effect: the answer is kept in the commit that made it true."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Header, Request
from pydantic import BaseModel, StringConstraints
from sqlalchemy import Column, LargeBinary, String, Table, Text, Uuid, bindparam, delete, insert, select

from daybeat.infra.db.schema import Instant, metadata
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.errors import DomainError

A = TypeVar("A", bound=BaseModel)

KEPT_FOR = timedelta(days=90)

idempotency_key = Table(
    "idempotency_key",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("answer", Text, nullable=False),
    Column("made_at", Instant, nullable=False, index=True),
)


_KNOWN = select(idempotency_key.c.fingerprint, idempotency_key.c.answer).where(
    idempotency_key.c.user_id == bindparam("user"), idempotency_key.c.key == bindparam("key")
)
_KEEP = insert(idempotency_key)


class IdempotencyKeyReused(DomainError):
    """This Idempotency-Key was already used for another request."""


@dataclass(frozen=True, slots=True)
class Once:
    """The key of a request and a digest of what it asks, or no key at all."""

    key: str | None
    fingerprint: bytes

    def run(self, uow: UnitOfWork, user_id: UUID, answer: type[A], produce: Callable[[], A]) -> A:
        """Do the work, or give the answer it had the first time."""
        if self.key is None:
            return produce()
        known = uow.connection.execute(_KNOWN, {"user": user_id, "key": self.key}).first()
        if known is not None:
            return self._again(known.fingerprint, known.answer, answer)
        made = produce()
        kept = {"user_id": user_id, "key": self.key, "fingerprint": self.fingerprint, "made_at": uow.now}
        uow.connection.execute(_KEEP, {**kept, "answer": made.model_dump_json()})
        return made

    def _again(self, fingerprint: bytes, kept: str, answer: type[A]) -> A:
        if fingerprint != self.fingerprint:
            raise IdempotencyKeyReused
        return answer.model_validate_json(kept)


KeyHeader = Annotated[
    str | None,
    Header(alias="Idempotency-Key", description="Makes a repeated request have one effect."),
    StringConstraints(min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$"),
]


async def _once(request: Request, key: KeyHeader = None) -> Once:
    asked = f"{request.method} {request.url.path}\n".encode() + await request.body()
    return Once(key, hashlib.sha256(asked).digest())


RunOnce = Annotated[Once, Depends(_once)]


def forget_keys(uow: UnitOfWork, user_id: UUID) -> None:
    """Erase a user's keys with the answers kept under them."""
    uow.connection.execute(delete(idempotency_key).where(idempotency_key.c.user_id == user_id))


def forget_old_keys(uow: UnitOfWork, now: datetime) -> None:
    """Drop the keys that nobody will repeat any more."""
    uow.connection.execute(delete(idempotency_key).where(idempotency_key.c.made_at < now - KEPT_FOR))
