"""All SQL about channels, deliveries and templates."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, bindparam, case, delete, exists, func, insert, or_, select, update

from daybeat.infra.db.upsert import insert_on, put
from daybeat.kit.errors import NotFound
from daybeat.modules.notifications.models import (
    notification_channels,
    notification_deliveries,
    notification_templates,
)

channels, deliveries, templates = notification_channels, notification_deliveries, notification_templates
UNFINISHED = ("pending", "sending", "failed")
_CHANNELS_OF = select(channels).where(channels.c.user_id == bindparam("user")).order_by(channels.c.id)
_OPEN = and_(channels.c.enabled, channels.c.state != "blocked")
_CHANNEL = [channels.c[name].label(f"channel_{name}") for name in ("kind", "address", "language", "name")]
_DUE = (
    select(deliveries, *_CHANNEL)
    .join(channels, channels.c.id == deliveries.c.channel_id)
    .where(
        deliveries.c.waiting_since <= bindparam("now"),
        channels.c.kind == bindparam("kind"),
        _OPEN,
        or_(channels.c.hold_until.is_(None), channels.c.hold_until <= bindparam("now")),
    )
    .order_by(deliveries.c.waiting_since, deliveries.c.no)
    .limit(bindparam("limit"))
)
_DROPPED = {"state": "dropped", "waiting_since": None}
_SETTLED = (
    update(deliveries)
    .where(
        deliveries.c.habit_id == bindparam("of_habit"),
        deliveries.c.day == bindparam("of_day"),
        deliveries.c.kind == "reminder",
        deliveries.c.state.in_(UNFINISHED),
    )
    .values(**_DROPPED, reason=bindparam("why"))
)
_ANY_DUE = select(deliveries.c.id).where(deliveries.c.waiting_since <= bindparam("now")).limit(1)


class ChannelRepository:
    """Finds and changes channels through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all_of(self, user_id: UUID) -> Sequence[Row[Any]]:
        return self._connection.execute(_CHANNELS_OF, {"user": user_id}).all()

    def open_of(self, user_id: UUID, kind: str) -> Sequence[Row[Any]]:
        """List where a user wants to be told this kind of thing, and can be."""
        return [row for row in self.all_of(user_id) if row.enabled and row.state != "blocked" and kind in row.kinds]

    def get(self, user_id: UUID, channel_id: UUID) -> Row[Any]:
        own = select(channels).where(channels.c.id == channel_id, channels.c.user_id == user_id)
        row = self._connection.execute(own).one_or_none()
        if row is None:
            raise NotFound
        return row

    def of_chat(self, chat_id: int) -> Row[Any] | None:
        """Find the channel of a Telegram chat, whoever's it is."""
        return self._connection.execute(select(channels).where(channels.c.place == f"telegram:{chat_id}")).one_or_none()

    def add(self, row: Mapping[str, Any]) -> None:
        self._connection.execute(insert(channels).values(**row))

    def change(self, channel_id: UUID, **values: Any) -> None:
        self._connection.execute(update(channels).where(channels.c.id == channel_id).values(**values))

    def fail(self, channel_id: UUID, state: str, reason: str, now: datetime) -> None:
        """Say that a channel fails, and since when it has."""
        since = func.coalesce(channels.c.failing_since, bindparam("now", now, type_=channels.c.failing_since.type))
        values = {"state": state, "last_error": reason, "failing_since": since}
        self._connection.execute(update(channels).where(channels.c.id == channel_id).values(values))

    def hold(self, channel_ids: Sequence[UUID], until: datetime | None) -> None:
        self._connection.execute(update(channels).where(channels.c.id.in_(channel_ids)).values(hold_until=until))

    def let_go(self, channel_id: UUID) -> None:
        """Let what waits go out now, unless something is on its way there: then its sender holds the place."""
        on_its_way = exists().where(deliveries.c.channel_id == channel_id, deliveries.c.state == "sending")
        held = update(channels).where(channels.c.id == channel_id, ~on_its_way)
        self._connection.execute(held.values(hold_until=None))

    def is_at(self, channel_id: UUID, address: Mapping[str, Any]) -> bool:
        """Tell whether a channel still has this address."""
        ours = select(channels.c.address).where(channels.c.id == channel_id)
        return bool(self._connection.execute(ours).scalar_one_or_none() == address)

    def remove(self, channel_id: UUID) -> None:
        self._connection.execute(delete(deliveries).where(deliveries.c.channel_id == channel_id))
        self._connection.execute(delete(channels).where(channels.c.id == channel_id))

    def forget_user(self, user_id: UUID) -> None:
        for table in (deliveries, channels, templates):
            self._connection.execute(delete(table).where(table.c.user_id == user_id))


class DeliveryRepository:
    """Finds and changes deliveries through one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add deliveries; one of the same fact to the same channel is there already and stays."""
        if rows:
            statement = insert_on(self._connection.dialect.name, deliveries)
            self._connection.execute(statement.on_conflict_do_nothing(), list(rows))

    def get(self, user_id: UUID, delivery_id: UUID) -> Row[Any]:
        own = _told().where(deliveries.c.id == delivery_id, deliveries.c.user_id == user_id)
        row = self._connection.execute(own).one_or_none()
        if row is None:
            raise NotFound
        return row

    def list_of(self, user_id: UUID, *, channel: UUID | None, state: str | None, most: int) -> Sequence[Row[Any]]:
        """List what a user was told, or not, the newest first."""
        query = _told().where(deliveries.c.user_id == user_id)
        if channel is not None:
            query = query.where(deliveries.c.channel_id == channel)
        if state is not None:
            query = query.where(deliveries.c.state == state)
        return self._connection.execute(query.order_by(deliveries.c.no.desc()).limit(most)).all()

    def waiting(self, user_id: UUID) -> Mapping[UUID, int]:
        """Count what waits, by channel."""
        counted = select(deliveries.c.channel_id, func.count()).where(
            deliveries.c.user_id == user_id, deliveries.c.state.in_(UNFINISHED)
        )
        rows = self._connection.execute(counted.group_by(deliveries.c.channel_id))
        return {row[0]: row[1] for row in rows}

    def is_anything_due(self, now: datetime) -> bool:
        return self._connection.execute(_ANY_DUE, {"now": now}).first() is not None

    def due(self, kind: str, now: datetime, limit: int) -> Sequence[Row[Any]]:
        """List what can go out now through one kind of channel, in the order it was made."""
        return self._connection.execute(_DUE, {"kind": kind, "now": now, "limit": limit}).all()

    def mark_sending(self, rows: Sequence[Row[Any]]) -> set[UUID]:
        """Say that these are on their way; gives those that are: others may just have been taken back.

        What already was on its way was left by somebody who ended: nobody knows how.
        """
        left = [row.id for row in rows if row.state == "sending"]
        new = [row.id for row in rows if row.state != "sending"]
        again = {"uncertain": deliveries.c.uncertain + 1}
        return self._mark(new, {"state": "sending"}) | self._mark(left, again)

    def _mark(self, ids: Sequence[UUID], values: Mapping[str, Any]) -> set[UUID]:
        if not ids:
            return set()
        waiting = deliveries.c.id.in_(ids), deliveries.c.state.in_(UNFINISHED)
        marked = update(deliveries).where(*waiting).values(values).returning(deliveries.c.id)
        return set(self._connection.execute(marked).scalars())

    def settle(self, ids: Sequence[UUID], **values: Any) -> None:
        self._connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(**values))

    def settle_unsent(self, ids: Sequence[UUID], **values: Any) -> None:
        """Write down what became of those that did not get through; what was taken back meanwhile stays so."""
        on_the_way = deliveries.c.id.in_(ids), deliveries.c.state == "sending"
        self._connection.execute(update(deliveries).where(*on_the_way).values(**values))

    def on_the_way(self, ids: Sequence[UUID]) -> bool:
        """Tell whether any of these is still to be sent."""
        query = select(deliveries.c.id).where(deliveries.c.id.in_(ids), deliveries.c.state == "sending")
        return self._connection.execute(query.limit(1)).first() is not None

    def give_back(self, ids: Sequence[UUID]) -> None:
        """Let those that are on their way wait again."""
        self.settle_unsent(ids, state="pending")

    def drop(self, reason: str, *where: Any) -> None:
        """Take back what was not sent yet: it would help nobody any more.

        What is on its way may get there all the same, and is then noted as sent; if not, it is not tried again.
        """
        waiting = deliveries.c.state.in_(UNFINISHED)
        self._connection.execute(update(deliveries).where(waiting, *where).values(**_DROPPED, reason=reason))

    def drop_reminders(self, habit_id: UUID, day: date, reason: str) -> None:
        """Take back what reminds of a day. It is asked with every check-in, so the question is put together once."""
        self._connection.execute(_SETTLED, {"of_habit": habit_id, "of_day": day.isoformat(), "why": reason})

    def drop_of(self, channel_id: UUID, reason: str) -> None:
        """Take back everything that waits for a channel."""
        self.drop(reason, deliveries.c.channel_id == channel_id)

    def forget_before(self, instant: datetime) -> None:
        over = deliveries.c.state.not_in(UNFINISHED)
        self._connection.execute(delete(deliveries).where(deliveries.c.created_at < instant, over))


class TemplateRepository:
    """Finds and changes the words of users."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all_of(self, user_id: UUID) -> Sequence[Row[Any]]:
        return self._connection.execute(select(templates).where(templates.c.user_id == user_id)).all()

    def keep(self, row: dict[str, Any]) -> None:
        put(self._connection, templates, row)

    def remove(self, user_id: UUID, kind: str, language: str, channel: str) -> None:
        own = templates.c.user_id == user_id, templates.c.kind == kind
        of_it = templates.c.language == language, templates.c.channel == channel
        self._connection.execute(delete(templates).where(*own, *of_it))


def _told() -> Any:
    names = [channels.c.name.label("channel_name"), channels.c.kind.label("channel_kind")]
    names.append(case((deliveries.c.state == "failed", channels.c.hold_until)).label("next_at"))
    return select(deliveries, *names).join(channels, channels.c.id == deliveries.c.channel_id)
