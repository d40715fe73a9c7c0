"""What every door of moods needs: those who ask, and a sentence for what was said."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.infra.web.signed_links import SignedLinks
from daybeat.kit.calendar import UserCalendar
from daybeat.modules.moods.commands import RecordMood
from daybeat.modules.moods.domain.words import score_of
from daybeat.modules.moods.errors import WordNotUnderstood
from daybeat.modules.moods.handlers import record_mood
from daybeat.modules.moods.ports import CalendarOf, Prompts
from daybeat.modules.moods.repository import MoodRepository
from daybeat.modules.moods.schemas import MoodIn, Said


@dataclass(frozen=True, slots=True)
class MoodsDoor:
    """What the composition root hands to the doors of moods."""

    prompts: Prompts
    calendar_of: CalendarOf
    links: SignedLinks

    def record(self, said: MoodIn, user_id: UUID, calendar: UserCalendar, uow: UnitOfWork) -> UUID:
        """Record what was said at any door."""
        command = RecordMood(
            user_id=user_id,
            calendar=calendar,
            score=understood(said, user_id, uow),
            note=said.note or None,
            tags=said.tags,
            at=said.at,
            zone=said.timezone,
            prompt_id=said.prompt_id,
            mood_id=said.id,
        )
        return record_mood(command, self.prompts, uow=uow)


def understood(said: Said, user_id: UUID, uow: UnitOfWork) -> int:
    """Give the score that was said, in a figure or in a word."""
    if said.score is not None:
        return said.score
    score = score_of(said.mood or "", MoodRepository(uow.connection).labels(user_id))
    if score is None:
        raise WordNotUnderstood
    return score


def _door(request: Request) -> MoodsDoor:
    door: MoodsDoor = request.app.state.moods
    return door


Door = Annotated[MoodsDoor, Depends(_door)]
