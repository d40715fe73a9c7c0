"""Moods from the app join the wall when their people wanted that, and only in company.

They wait until moods of three people wait, then all go together: shuffled, with one and the same time, so that
nothing on the wall or in the queue tells whose mood which was.
"""

from datetime import datetime, timedelta
from secrets import SystemRandom
from uuid import UUID

from sqlalchemy import Connection, delete, func, select, update

from daybeat.contracts.accounts import AccountDeleted
from daybeat.contracts.moods import MoodChanged, MoodDeleted, MoodRecorded, MoodSettingsChanged
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.db.upsert import put_new
from daybeat.infra.events.subscriptions import Subscriber
from daybeat.infra.queues.table import put
from daybeat.modules.wall.counting import CHANGED
from daybeat.modules.wall.domain.company import ENOUGH, kind_of
from daybeat.modules.wall.domain.messages import QUEUE, Kind, Message, write_message
from daybeat.modules.wall.models import wall_waiting

SHARING = "share_on_wall"
TODAY = timedelta(days=1)  # the wall shows how people are; what an import brings from last year is not how they are

_PEOPLE = select(func.count(wall_waiting.c.user_id.distinct()))
_TAKE_ALL = delete(wall_waiting).returning(wall_waiting.c.kind)


def _stays(_connection: Connection) -> None:
    """What has been put on the wall has been put; hearing it again would count it again."""


app_moods = Subscriber("wall.app_moods", forget=_stays, replayed=False)


@app_moods.on(MoodRecorded)
def let_wait(event: MoodRecorded, uow: UnitOfWork) -> None:
    kind = kind_of(event.score)
    if event.shared and kind is not None and event.at > uow.now - TODAY:
        put_new(uow.connection, wall_waiting, _waiting(event.mood_id, event.user_id, kind))
        _send_in_company(uow)


@app_moods.on(MoodChanged)
def change_waiting(event: MoodChanged, uow: UnitOfWork) -> None:
    """Only what still waits can change; nobody could say which one on the wall it was."""
    same, kind = wall_waiting.c.mood_id == event.mood_id, kind_of(event.score)
    change = delete(wall_waiting) if kind is None else update(wall_waiting).values(kind=kind.value)
    uow.connection.execute(change.where(same))
    uow.hint(CHANGED)


@app_moods.on(MoodDeleted)
def take_back(event: MoodDeleted, uow: UnitOfWork) -> None:
    uow.connection.execute(delete(wall_waiting).where(wall_waiting.c.mood_id == event.mood_id))
    uow.hint(CHANGED)


@app_moods.on(MoodSettingsChanged)
def sharing_changed(event: MoodSettingsChanged, uow: UnitOfWork) -> None:
    """Whoever stops sharing takes along what has not been shown; whoever begins has nothing waiting yet."""
    if SHARING in event.fields:
        _forget(event.user_id, uow)


@app_moods.on(AccountDeleted)
def account_was_deleted(event: AccountDeleted, uow: UnitOfWork) -> None:
    _forget(event.user_id, uow)


def _waiting(mood_id: UUID, user_id: UUID, kind: Kind) -> dict[str, object]:
    return {"mood_id": mood_id, "user_id": user_id, "kind": kind.value}


def _forget(user_id: UUID, uow: UnitOfWork) -> None:
    uow.connection.execute(delete(wall_waiting).where(wall_waiting.c.user_id == user_id))
    uow.hint(CHANGED)


def _send_in_company(uow: UnitOfWork) -> None:
    if uow.connection.execute(_PEOPLE).scalar_one() >= ENOUGH:
        kinds = list(uow.connection.execute(_TAKE_ALL).scalars())
        SystemRandom().shuffle(kinds)
        put(uow, QUEUE, [_message(kind, uow.now) for kind in kinds])
    uow.hint(CHANGED)


def _message(kind: str, at: datetime) -> bytes:
    return write_message(Message(Kind(kind), at))
