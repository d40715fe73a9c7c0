"""How facts reach people: what tells them, what listens to their answers, and what both need."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from sqlalchemy import Connection

from daybeat.bootstrap.acting import Doing
from daybeat.bootstrap.background import Background
from daybeat.bootstrap.channels import Ways
from daybeat.bootstrap.core import Core
from daybeat.bootstrap.prompts import prompt_links
from daybeat.bootstrap.reminders import reminder_links
from daybeat.infra.events.retry import Again
from daybeat.infra.web.limits import RateLimits
from daybeat.infra.web.push_keys import public_key
from daybeat.infra.web.signed_links import SignedLinks
from daybeat.modules.notifications import http, telegram_http, templates_http
from daybeat.modules.notifications.chats import TelegramChats
from daybeat.modules.notifications.door import NotificationsDoor
from daybeat.modules.notifications.figures import DeliveryFigures
from daybeat.modules.notifications.sending import Sender
from daybeat.modules.notifications.telegram.bot import Bot
from daybeat.modules.notifications.telegram.door import READER as TELEGRAM_UPDATES
from daybeat.modules.notifications.telegram.door import BotDoor
from daybeat.modules.notifications.telegram.repository import BotRepository


@dataclass(frozen=True, slots=True)
class MessageLinks:
    """The links of messages, which work without signing in."""

    base: str
    prompts: SignedLinks
    reminders: SignedLinks

    def reminder(self, reminder_id: UUID) -> str:
        return f"{self.base}/r/{self.reminders.token(reminder_id)}"

    def prompt(self, prompt_id: UUID) -> str:
        return self.prompts.url(prompt_id)


def add_notifications(app: FastAPI, core: Core, ways: Ways, prefix: str) -> None:
    """Open the door of notifications."""
    app.state.notifications = NotificationsDoor(ways.channels, lambda: public_key(core.secret), _bot_name(ways))
    for router in (templates_http.router, telegram_http.router, http.router):
        app.include_router(router, prefix=prefix)


def notifying_background(core: Core, ways: Ways, registry: CollectorRegistry) -> Background:
    """Name what sends, and what listens to the bot's chats where there is a bot."""
    links = MessageLinks(core.settings.url, prompt_links(core), reminder_links(core))
    figures = DeliveryFigures(registry)
    limits = RateLimits(core.redis) if core.redis is not None else None
    sender = partial(Sender, core.store, core.clock, ways.channels, links, figures, limits)
    sending = {"notifications": lambda: _send(sender(), ways)}
    if ways.bot_api is None:
        return sending
    bot = Bot(ways.bot_api, core.store, core.clock, Doing(core), TelegramChats())
    return {**sending, "telegram bot": bot.run}


def trying_again(core: Core, ways: Ways) -> Mapping[str, Again]:
    """Give what takes a Telegram update again that was set aside."""
    number = _bot_name(ways).number
    if number is None:
        return {}
    return {TELEGRAM_UPDATES: BotDoor(number, Doing(core), TelegramChats()).take_again}


async def _send(sender: Sender, ways: Ways) -> None:
    try:
        await sender.run()
    finally:
        await ways.close()


def _bot_name(ways: Ways) -> "BotName":
    token = ways.settings.telegram_token
    number = token.get_secret_value().partition(":")[0] if token else ""
    return BotName(int(number) if number.isdecimal() else None)


@dataclass(frozen=True, slots=True)
class BotName:
    """Tells what our bot is called, once it has introduced itself; its number begins the token."""

    number: int | None

    def __call__(self, connection: Connection) -> str | None:
        return None if self.number is None else BotRepository(connection).username(self.number)
