"""How moods and reminders meet: moods ask through their port, reminders answer."""

from uuid import UUID

from sqlalchemy import Connection

from daybeat.bootstrap.core import Core, calendar_of
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.signed_links import SignedLinks
from daybeat.modules.moods.door import MoodsDoor
from daybeat.modules.moods.errors import AlreadyAnswered
from daybeat.modules.moods.ports import Asked
from daybeat.modules.reminders.errors import HasAnswer
from daybeat.modules.reminders.handlers import close_prompt
from daybeat.modules.reminders.repository import PromptRepository


class AskedPrompts:
    """The prompts of reminders, as moods see them."""

    def find(self, connection: Connection, prompt_id: UUID) -> Asked | None:
        row = PromptRepository(connection).find(prompt_id)
        return None if row is None else Asked(row.id, row.user_id, row.state == "answered")

    def close(self, uow: UnitOfWork, user_id: UUID, prompt_id: UUID | None, mood_id: UUID) -> UUID | None:
        try:
            return close_prompt(uow, user_id, prompt_id, mood_id)
        except HasAnswer as answered:
            raise AlreadyAnswered from answered


def prompt_links(core: Core) -> SignedLinks:
    """Links that answer a prompt without signing in."""
    return SignedLinks(core.secret, core.settings.url, "mood-prompt")


def moods_door(core: Core) -> MoodsDoor:
    return MoodsDoor(AskedPrompts(), calendar_of, prompt_links(core))
