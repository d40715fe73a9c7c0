"""What notifications hear: what is to be told, and what need not be told any more."""

from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from daybeat.contracts.accounts import AccountDeleted
from daybeat.contracts.habits import CheckInRecorded, HabitArchived, HabitDeleted, HabitPaused
from daybeat.contracts.notifications import AnalyticsReady, HabitCheck, HabitReminder
from daybeat.contracts.reminders import PromptAnswered, PromptAsked, PromptExpired, PromptFollowedUp
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.kit.calendar import UserCalendar
from daybeat.modules.notifications.models import notification_deliveries as deliveries
from daybeat.modules.notifications.reports import said_of
from daybeat.modules.notifications.repository import ChannelRepository, DeliveryRepository
from daybeat.modules.notifications.telegram.repository import forget_user as forget_telegram
from daybeat.modules.notifications.telling import Told, tell

QUESTION = "How are you feeling?"
SETTLES = {"done", "skipped", "over"}
"""States of a day after which nobody has to be reminded of it."""


class CalendarOf(Protocol):
    """Tells by which zone a user lives."""

    def __call__(self, connection: Connection, user_id: UUID) -> UserCalendar: ...


def _keeps_what_was_told(_connection: Connection) -> None:
    """What was sent cannot be taken back, so a replay tells nothing again."""


def notifications(calendar_of: CalendarOf) -> Subscriber:
    """Give the subscriber that turns facts into deliveries."""
    subscriber = Subscriber("notifications", forget=_keeps_what_was_told, replayed=False)

    @subscriber.on(HabitReminder)
    def remind(event: HabitReminder, uow: UnitOfWork) -> None:
        zone = ZoneInfo(calendar_of(uow.connection, event.user_id).zone)
        _tell(_reminder(event, f"{event.due_at.astimezone(zone):%H:%M}"), event.user_id, uow)

    subscriber.on(HabitCheck)(praise)
    subscriber.on(AnalyticsReady)(report)
    subscriber.on(PromptAsked)(ask)
    subscriber.on(PromptFollowedUp)(ask)
    subscriber.on(PromptAnswered)(answered)
    subscriber.on(PromptExpired)(expired)
    subscriber.on(CheckInRecorded)(checked_in)
    subscriber.on(HabitPaused)(paused)
    subscriber.on(HabitArchived)(archived)
    subscriber.on(HabitDeleted)(deleted)
    subscriber.on(AccountDeleted)(forget_user)
    return subscriber


def praise(event: HabitCheck, uow: UnitOfWork) -> None:
    said = {"title": event.title, "streak": event.streak, "unit": event.unit, "best": event.best}
    _tell(Told("check", "checks", said, habit_id=event.habit_id, day=event.date), event.user_id, uow)


def report(event: AnalyticsReady, uow: UnitOfWork) -> None:
    _tell(Told("report", "reports", said_of(event)), event.user_id, uow)


def ask(event: PromptAsked | PromptFollowedUp, uow: UnitOfWork) -> None:
    """Put a prompt. What was waiting of the same prompt is replaced by this."""
    said = {"question": QUESTION, "follow_up": isinstance(event, PromptFollowedUp)}
    _drop("asked again", uow, deliveries.c.subject == event.prompt_id)
    told = Told("prompt", "prompts", said, subject=event.prompt_id, expires_at=event.expires_at)
    _tell(told, event.user_id, uow)


def answered(event: PromptAnswered, uow: UnitOfWork) -> None:
    _drop("answered elsewhere", uow, deliveries.c.subject == event.prompt_id)


def expired(event: PromptExpired, uow: UnitOfWork) -> None:
    _drop("too late", uow, deliveries.c.subject == event.prompt_id)


def checked_in(event: CheckInRecorded, uow: UnitOfWork) -> None:
    if event.day.state in SETTLES:
        reason = "skipped meanwhile" if event.day.state == "skipped" else "done meanwhile"
        DeliveryRepository(uow.connection).drop_reminders(event.habit_id, event.date, reason)


def paused(event: HabitPaused, uow: UnitOfWork) -> None:
    between = deliveries.c.day.between(event.first.isoformat(), event.last.isoformat())
    _drop("paused meanwhile", uow, deliveries.c.habit_id == event.habit_id, between)


def archived(event: HabitArchived, uow: UnitOfWork) -> None:
    _drop("archived meanwhile", uow, deliveries.c.habit_id == event.habit_id)


def deleted(event: HabitDeleted, uow: UnitOfWork) -> None:
    _drop("deleted meanwhile", uow, deliveries.c.habit_id == event.habit_id)


def forget_user(event: AccountDeleted, uow: UnitOfWork) -> None:
    ChannelRepository(uow.connection).forget_user(event.user_id)
    forget_telegram(uow.connection, event.user_id)


def _reminder(event: HabitReminder, time: str) -> Told:
    names = ("title", "question", "reason", "streak", "unit", "why")
    said = {**{name: getattr(event, name) for name in names}, "time": time}
    return Told(
        "reminder",
        "reminders",
        said,
        subject=event.reminder_id,
        habit_id=event.habit_id,
        day=event.date,
        expires_at=event.expires_at,
    )


def _tell(told: Told, user_id: UUID, uow: UnitOfWork) -> None:
    """Tell what the fact says that is being handled."""
    event_id = uow.origin.causation_id
    assert event_id is not None  # noqa: S101 - a subscriber always works on a fact
    tell(told, event_id, user_id, uow)


def _drop(reason: str, uow: UnitOfWork, *where: Any) -> None:
    DeliveryRepository(uow.connection).drop(reason, *where)
