"""The accounting of what people are told: many messages, and kills and outages while they go out."""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import func, insert, select

from daybeat.bootstrap.core import Core, open_core
from daybeat.bootstrap.settings import Settings
from daybeat.contracts.notifications import HabitCheck
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.notifications.handlers import NEW
from daybeat.modules.notifications.models import notification_channels, notification_deliveries
from tests.support.soak.house import House
from tests.support.telegram import TOKEN, TelegramServer

ROLES: Mapping[str, tuple[str, ...]] = {
    "api-1": ("daybeat", "api"),
    "relay": ("daybeat", "relay"),
    "notify": ("daybeat", "notify"),
}
FIRST_CHAT = 10_000
UNFINISHED = ("pending", "sending", "failed")
AT_ONCE = 100


@dataclass(slots=True)
class Told:
    """What came of it. `doubled` came twice; `uncertain` could have: the sender died between sending and its note."""

    wanted: int
    kills: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    uncertain: int = 0
    seconds: float = 0.0
    examples: list[str] = field(default_factory=list)


class Town:
    """A house with a bot, and people with chats."""

    def __init__(self, house: House, telegram: TelegramServer, core: Core, people: int) -> None:
        self.house, self.telegram, self.core = house, telegram, core
        self.people = [new_id() for _ in range(people)]

    def tell(self, n: int) -> None:
        """Let so many facts happen, to everybody in turn. Each says its own number."""
        self.core.store.write_now(self._move_in)
        for first in range(0, n, AT_ONCE):
            self.core.store.write_now(partial(self._happen, range(first, min(first + AT_ONCE, n))))

    def is_done(self, n: int) -> bool:
        """Tell whether all of it has been settled."""
        counted = select(notification_deliveries.c.state, func.count()).group_by(notification_deliveries.c.state)
        states = self.core.store.read_now(lambda c: {row[0]: row[1] for row in c.execute(counted)})
        return sum(states.values()) >= n and not any(states.get(each) for each in UNFINISHED)

    def account(self, n: int) -> Told:
        """Compare what was to be told with what people have in their chats."""
        told, seen = Told(n), Counter[str]()
        by_chat: dict[int, list[int]] = defaultdict(list)
        for (chat, _), shown in sorted(self.telegram.messages.items()):
            title = shown.text.splitlines()[0].split(":")[0]
            seen[title] += 1
            by_chat[chat].append(int(title.split()[-1]))
        told.lost = sum(seen[_title(number)] == 0 for number in range(n))
        told.doubled = sum(times - 1 for times in seen.values())
        told.out_of_order = sum(later < earlier for chat in by_chat.values() for earlier, later in pairwise(chat))
        counted = select(func.coalesce(func.sum(notification_deliveries.c.uncertain), 0))
        told.uncertain = int(self.core.store.read_now(lambda c: c.execute(counted).scalar_one()))
        told.examples = [title for title, times in seen.items() if times > 1][:5]
        return told

    def _move_in(self, uow: UnitOfWork) -> None:
        for number, user_id in enumerate(self.people):
            chat = FIRST_CHAT + number
            self.telegram.known.add(chat)
            uow.connection.execute(insert(notification_channels).values(_channel(user_id, chat, uow)))

    def _happen(self, numbers: range, uow: UnitOfWork) -> None:
        for number in numbers:
            uow.record(_fact(self.people[number % len(self.people)], number))


@contextmanager
def town(folder: Path, people: int) -> Iterator[Town]:
    """Start everything."""
    with TelegramServer() as telegram, House(folder, ROLES) as house:
        bot = {"DAYBEAT_TELEGRAM_TOKEN": TOKEN, "DAYBEAT_TELEGRAM_API_URL": telegram.url}
        house.roles["notify"].environment = {**house.settings(), **bot}
        house.start()
        settings = Settings(
            data_dir=folder / "tool",
            database_url=SecretStr(house.postgresql.url),
            amqp_url=SecretStr(house.rabbitmq.amqp_url),
            secret_key=SecretStr(house.settings()["DAYBEAT_SECRET_KEY"]),
        )
        with open_core(settings) as core:
            yield Town(house, telegram, core, people)


def run(
    folder: Path, *, messages: int, people: int, kills: int, seed: int, outages: tuple[Callable[[Town], None], ...] = ()
) -> Told:
    """Tell, kill and disturb, wait until all is settled, and account."""
    dice, began = random.Random(seed), time.monotonic()  # noqa: S311
    with town(folder, people) as place:
        place.tell(messages)
        for _ in range(kills):
            _kill(place, dice)
        for outage in outages:
            outage(place)
        _settle(place, messages)
        told = place.account(messages)
    told.kills, told.seconds = kills, time.monotonic() - began
    return told


def _kill(place: Town, dice: random.Random) -> None:
    """Kill the sender in the middle of its work, and start it again."""
    notify = place.house.roles["notify"]
    notify.wait()
    before = len(place.telegram.messages)
    end = time.monotonic() + dice.uniform(0.2, 1.5)
    while time.monotonic() < end or (len(place.telegram.messages) == before and time.monotonic() < end + 20):
        time.sleep(0.005)
    notify.kill()
    notify.launch()


def _settle(place: Town, n: int) -> None:
    end = time.monotonic() + 600
    while not place.is_done(n):
        assert time.monotonic() < end, "it does not come to an end"
        time.sleep(0.5)


def _title(number: int) -> str:
    return f"Habit {number}"


def _fact(user_id: UUID, number: int) -> HabitCheck:
    return HabitCheck(
        user_id=user_id,
        habit_id=new_id(),
        title=_title(number),
        date=date(2026, 3, 2),
        streak=7,
        unit="day",
        best=False,
    )


def _channel(user_id: UUID, chat: int, uow: UnitOfWork) -> dict[str, Any]:
    return {
        "id": new_id(),
        "user_id": user_id,
        "kind": "telegram",
        "name": "",
        "address": {"chat_id": chat, "name": "Ana"},
        "place": f"telegram:{chat}",
        "kinds": ["checks"],
        "language": "en",
        "created_at": uow.now,
        **NEW,
    }
