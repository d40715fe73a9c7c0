"""All SQL about prompts. What is due is claimed in sets; everything else goes through prepared statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Connection, Row, bindparam, delete, func, insert, select, update

from daybeat.infra.db.upsert import put
from daybeat.modules.reminders.models import prompt_claims, prompt_dues, prompt_settings, prompts
from daybeat.modules.reminders.planning import Due
from daybeat.modules.reminders.wishes import Wishes

_FORGOTTEN_WITH_USER = (prompts, prompt_claims, prompt_dues, prompt_settings)
_NOW: BindParameter[datetime] = bindparam("now")
_DUE = prompt_dues.c.due_at <= _NOW
_CLAIMABLE = (_DUE, prompt_dues.c.ask_before > _NOW)
_CLAIMED = ["user_id", "due_at", "ask_before"]
_CLAIM = insert(prompt_claims).from_select(
    _CLAIMED, select(*(prompt_dues.c[name] for name in _CLAIMED)).where(*_CLAIMABLE)
)
_CLAIM_DONE = delete(prompt_dues).where(*_CLAIMABLE)
_TAKEN = delete(prompt_dues).where(*_CLAIMABLE).returning(*(prompt_dues.c[name] for name in _CLAIMED)).cte("taken")
_LENT = insert(prompt_claims).from_select(_CLAIMED, select(*(_TAKEN.c[name] for name in _CLAIMED)))
_CLAIM_AMONG_OTHERS = select(func.count()).select_from(_LENT.returning(prompt_claims.c.no).cte("lent"))
"""Where others write too, two statements would see different rows; SQLite cannot do it in one."""
_LATE = (
    select(prompt_settings, prompt_dues.c.ask_before)
    .join(
        prompt_dues,
        (prompt_dues.c.user_id == prompt_settings.c.user_id) & (prompt_dues.c.due_at == prompt_settings.c.due_at),
    )
    .where(_DUE)
    .order_by(prompt_dues.c.due_at)
    .limit(bindparam("limit"))
)
_CLAIMS = (
    select(
        prompt_settings,
        prompt_claims.c.no,
        prompt_claims.c.due_at.label("claimed_at"),
        prompt_claims.c.ask_before,
    )
    .outerjoin_from(prompt_claims, prompt_settings, prompt_claims.c.user_id == prompt_settings.c.user_id)
    .order_by(prompt_claims.c.no)
    .limit(bindparam("limit"))
)
_STEPS = (
    select(prompts).where(prompts.c.step_at <= _NOW).order_by(prompts.c.step_at, prompts.c.id).limit(bindparam("limit"))
)
_FORGET_DUE = delete(prompt_dues).where(
    prompt_dues.c.due_at == bindparam("due"), prompt_dues.c.user_id == bindparam("user")
)
_SOONEST = (select(func.min(prompt_dues.c.due_at)), select(func.min(prompts.c.step_at)))
_ANY_CLAIM = select(prompt_claims.c.no).limit(1)
_SETTINGS = select(prompt_settings).where(prompt_settings.c.user_id == bindparam("user"))
_OPEN = select(prompts).where(
    prompts.c.user_id.in_(bindparam("users", expanding=True)), prompts.c.state.in_(("open", "followed_up"))
)
_ANY = select(prompts).where(prompts.c.id == bindparam("prompt"))
_PLANNED = update(prompt_settings).where(prompt_settings.c.user_id == bindparam("user")).values(due_at=bindparam("due"))


class PromptRepository:
    """Finds and changes prompts through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, now: datetime) -> int:
        """Claim everything that is due and can still be asked, in one sweep; gives how many."""
        if self._connection.dialect.name == "postgresql":
            return int(self._connection.execute(_CLAIM_AMONG_OTHERS, {"now": now}).scalar_one())
        self._connection.execute(_CLAIM, {"now": now})
        return self._connection.execute(_CLAIM_DONE, {"now": now}).rowcount

    def claims(self, limit: int) -> Sequence[Row[Any]]:
        """List what is claimed with the wishes of its user (NULLs when they are gone), the oldest first."""
        return self._connection.execute(_CLAIMS, {"limit": limit}).all()

    def settle_claims(self, numbers: Sequence[int]) -> None:
        self._connection.execute(delete(prompt_claims).where(prompt_claims.c.no.in_(numbers)))

    def late(self, now: datetime, limit: int) -> Sequence[Row[Any]]:
        """List the wishes of users whose due slot cannot be asked any more."""
        return self._connection.execute(_LATE, {"now": now, "limit": limit}).all()

    def steps(self, now: datetime, limit: int) -> Sequence[Row[Any]]:
        """List prompts that are to be followed up or to expire."""
        return self._connection.execute(_STEPS, {"now": now, "limit": limit}).all()

    def anything_to_do(self, now: datetime) -> bool:
        """Look without writing."""
        times = [self._connection.execute(query).scalar_one_or_none() for query in _SOONEST]
        if any(time is not None and time <= now for time in times):
            return True
        return self._connection.execute(_ANY_CLAIM).first() is not None

    def keep_plans(self, plans: Mapping[UUID, Due | None]) -> None:
        """Write down when each of these users is due next."""
        if not plans:
            return
        self._connection.execute(
            _PLANNED, [{"user": user, "due": due.at if due else None} for user, due in plans.items()]
        )
        dues = [{"user_id": user, "due_at": due.at, "ask_before": due.ask_before} for user, due in plans.items() if due]
        if dues:
            self._connection.execute(insert(prompt_dues), dues)

    def forget_dues(self, rows: Sequence[Wishes]) -> None:
        """Take rows out of what is due; each is named by its user's `due_at`."""
        keys = [{"due": row.due_at, "user": row.user_id} for row in rows if row.due_at is not None]
        if keys:
            self._connection.execute(_FORGET_DUE, keys)

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(prompts), rows)

    def change(self, prompt_id: UUID, values: Mapping[str, Any]) -> None:
        self._connection.execute(update(prompts).where(prompts.c.id == prompt_id).values(**values))

    def find(self, prompt_id: UUID) -> Row[Any] | None:
        """Find a prompt, whoever's it is."""
        return self._connection.execute(_ANY, {"prompt": prompt_id}).one_or_none()

    def open_of(self, *user_ids: UUID) -> Sequence[Row[Any]]:
        """List what users have not answered and still can in time, one prompt at most for each."""
        return self._connection.execute(_OPEN, {"users": user_ids}).all()

    def list_of(self, user_id: UUID, state: str | None, most: int) -> Sequence[Row[Any]]:
        """List a user's prompts, the newest first and so many at most."""
        query = select(prompts).where(prompts.c.user_id == user_id)
        if state is not None:
            query = query.where(prompts.c.state == state)
        return self._connection.execute(query.order_by(prompts.c.due_at.desc(), prompts.c.id.desc()).limit(most)).all()

    def settings(self, user_id: UUID) -> Wishes | None:
        return self._connection.execute(_SETTINGS, {"user": user_id}).one_or_none()

    def keep_settings(self, values: Mapping[str, Any]) -> None:
        put(self._connection, prompt_settings, dict(values))

    def change_settings(self, user_id: UUID, values: Mapping[str, Any]) -> None:
        self._connection.execute(update(prompt_settings).where(prompt_settings.c.user_id == user_id).values(**values))

    def forget_user(self, user_id: UUID) -> None:
        for table in _FORGOTTEN_WITH_USER:
            self._connection.execute(delete(table).where(table.c.user_id == user_id))

    def forget_before(self, instant: datetime) -> None:
        """Drop prompts that are long over."""
        self._connection.execute(delete(prompts).where(prompts.c.due_at < instant, prompts.c.step_at.is_(None)))
