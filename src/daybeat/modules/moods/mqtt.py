"""The MQTT door of moods: `mood/reply` takes an answer once, `mood/ack` says what became of it after the commit."""

import hashlib
import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, StringConstraints, ValidationError

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.mqtt.routes import Arrival, Message, Route, topic_of
from daybeat.infra.strict_json import read_json
from daybeat.infra.web.fields import Moment, Text
from daybeat.infra.web.idempotency import Once
from daybeat.kit.errors import DomainError
from daybeat.modules.moods.door import MoodsDoor
from daybeat.modules.moods.errors import AlreadyAnswered
from daybeat.modules.moods.schemas import MoodIn, Said

REPLY, ACK = "mood/reply", "mood/ack"
LONGEST_ID = 64

Status = Literal["stored", "duplicate", "refused"]
ReplyId = Annotated[Text, StringConstraints(min_length=1, max_length=LONGEST_ID, pattern=r"^[\x21-\x7e]+$")]


class NotUnderstood(DomainError):
    """A reply looks like {"reply_id": "…", "score": 4} or {"reply_id": "…", "mood": "happy"}."""


class Reply(Said):
    """What a device sends. The same `reply_id` again is the same answer again."""

    reply_id: ReplyId
    prompt_id: UUID | None = None
    at: Moment | None = None


class Ack(BaseModel):
    """What became of a reply. `reply_id` is null when it could not be read."""

    reply_id: str | None
    status: Status
    reason: str | None = None


class _Kept(BaseModel):
    mood_id: UUID


def reply_route(door: MoodsDoor) -> Route:
    """Give the door for answers."""

    def handle(arrival: Arrival, uow: UnitOfWork) -> Sequence[Message]:
        reply = _read(arrival.payload)
        try:
            status: Status = "stored" if _store(reply, arrival, door, uow) else "duplicate"
        except AlreadyAnswered as taken:
            return [_ack(arrival.user_id, Ack(reply_id=reply.reply_id, status="duplicate", reason=taken.detail))]
        return [_ack(arrival.user_id, Ack(reply_id=reply.reply_id, status=status))]

    def refuse(arrival: Arrival, reason: str) -> Sequence[Message]:
        return [_ack(arrival.user_id, Ack(reply_id=_reply_id(arrival.payload), status="refused", reason=reason))]

    return Route(REPLY, handle, refuse)


def _store(reply: Reply, arrival: Arrival, door: MoodsDoor, uow: UnitOfWork) -> bool:
    """Record the mood unless this reply is known; tells whether it is new."""
    made: list[UUID] = []

    def record() -> _Kept:
        said = MoodIn(**reply.model_dump(exclude={"reply_id"}))
        calendar = door.calendar_of(uow.connection, arrival.user_id)
        made.append(door.record(said, arrival.user_id, calendar, uow))
        return _Kept(mood_id=made[0])

    once = Once(f"mqtt:{reply.reply_id}", hashlib.sha256(reply.model_dump_json().encode()).digest())
    once.run(uow, arrival.user_id, _Kept, record)
    return bool(made)


def _read(payload: bytes) -> Reply:
    try:
        return Reply.model_validate(read_json(payload))
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, each['loc'])) or 'reply'}: {each['msg']}" for each in error.errors()]
        raise NotUnderstood("; ".join(wrong)[:300]) from None
    except ValueError:
        raise NotUnderstood from None


def _reply_id(payload: bytes) -> str | None:
    """Read at least the id of a reply that is refused, so that its sender knows which one it was."""
    try:
        said: Any = read_json(payload)
    except ValueError:
        return None
    reply_id = said.get("reply_id") if isinstance(said, dict) else None
    return reply_id[:LONGEST_ID] if isinstance(reply_id, str) else None


def _ack(user_id: UUID, ack: Ack) -> Message:
    content = json.dumps(ack.model_dump(exclude_none=ack.reply_id is not None)).encode()
    return Message(topic_of(user_id, ACK), content)
