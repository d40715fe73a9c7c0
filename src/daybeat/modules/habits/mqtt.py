"""The MQTT door of habits: `habit/{id}/set` says what today is, in words a light switch can send.

Setting today twice is once, so a message that comes again changes nothing. There is no answer but the habit's state.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from daybeat.contracts.topics import HABIT_SET
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.mqtt.routes import Arrival, Message, Route
from daybeat.infra.strict_json import read_json
from daybeat.infra.web.fields import Body
from daybeat.kit.errors import DomainError, NotFound
from daybeat.modules.habits import recording
from daybeat.modules.habits.commands import ClearDay, SetDay
from daybeat.modules.habits.domain.rules import CheckInState
from daybeat.modules.habits.ports import CalendarOf
from daybeat.modules.habits.requests import Amount

ON, OFF = b"ON", b"OFF"


class NotUnderstood(DomainError):
    """A habit takes ON, OFF or {"amount": 5}."""


class _AmountToday(Body):
    amount: Amount


def set_route(calendar_of: CalendarOf) -> Route:
    """Give the door for switches and sensors."""

    def handle(arrival: Arrival, uow: UnitOfWork) -> Sequence[Message]:
        calendar = calendar_of(uow.connection, arrival.user_id)
        place: Any = {"user_id": arrival.user_id, "calendar": calendar, "habit_id": _habit_id(arrival.words[1])}
        today = calendar.habit_day(uow.now)
        word = arrival.payload.strip().upper()
        if word == OFF:
            recording.clear_day(ClearDay(**place, day=today), uow=uow)
        else:
            amount = None if word == ON else _amount(arrival.payload)
            recording.set_day(SetDay(**place, day=today, state=CheckInState.DONE, amount=amount), uow=uow)
        return ()

    return Route(HABIT_SET, handle, _no_answer)


def _habit_id(word: str) -> UUID:
    try:
        return UUID(word)
    except ValueError:
        raise NotFound from None


def _amount(payload: bytes) -> float:
    try:
        return _AmountToday.model_validate(read_json(payload)).amount
    except ValueError as error:
        detail = "amount: " + str(error.errors()[0]["msg"]) if isinstance(error, ValidationError) else None
        raise NotUnderstood(detail) from None


def _no_answer(_arrival: Arrival, _reason: str) -> Sequence[Message]:
    return ()
