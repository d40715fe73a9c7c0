"""Fixtures of the tests of Telegram: a bot, the people who talk to it, and what came of it."""

import io
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import structlog

from daybeat.infra import wakeup
from daybeat.modules.notifications.telegram import answering, door
from daybeat.modules.notifications.telegram import bot as bot_module
from daybeat.modules.notifications.telegram.bot import Bot
from tests.support.daybeat import Daybeat, Person
from tests.support.telegram import TelegramPerson, TelegramServer
from tests.support.telegram_home import Home


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as running:
        yield running


@pytest.fixture
def home(house: Daybeat, telegram: TelegramServer) -> Home:
    return Home(house, telegram)


@pytest.fixture
def phone(telegram: TelegramServer) -> TelegramPerson:
    return TelegramPerson(telegram, 41)


@pytest.fixture
def anas(home: Home, ana: Person, phone: TelegramPerson) -> TelegramPerson:
    """Ana's phone, linked."""
    home.link(ana, phone)
    return phone


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the bot writes to its log."""
    out = io.StringIO()
    shown: list[Any] = [structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()]
    for module in (bot_module, door, answering, wakeup):
        monkeypatch.setattr(module, "log", structlog.wrap_logger(structlog.PrintLogger(out), processors=shown))
    return out


@pytest.fixture
async def bot(home: Home) -> AsyncIterator[Bot]:
    async with home.bot() as running:
        yield running
