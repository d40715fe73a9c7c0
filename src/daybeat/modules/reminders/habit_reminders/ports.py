"""What reminders of habits need to know from elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import UUID

from sqlalchemy import Connection

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import UserCalendar

Word = Literal["done", "skip"]
DayWord = Literal["open", "done", "skipped", "not due", "paused", "archived"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """A habit as far as reminders care: its times as the user wrote them, and by which days its user lives.

    A habit of something to avoid is never reminded of.
    """

    habit_id: UUID
    user_id: UUID
    title: str
    question: str
    times: tuple[str, ...]
    archived: bool
    avoids: bool
    calendar: UserCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a habit stands on its user's habit day `date`, which ends at `ends_at`.

    `state` is "open" only when something is asked of this day and nothing was said of it, or not enough yet.
    `last_chance` tells that its streak ends with this day unless it is done.
    """

    habit: Reminded
    date: date
    ends_at: datetime
    state: DayWord
    streak: int
    unit: Literal["day", "week", "month"]
    last_chance: bool


class Habits(Protocol):
    """The habits behind the reminders."""

    def reminded(self, connection: Connection, habit_id: UUID) -> Reminded | None:
        """Give one habit, whoever's it is; None when it is gone."""
        ...

    def reminded_of(self, connection: Connection, user_id: UUID) -> Sequence[Reminded]:
        """Give a user's habits, the archived ones too."""
        ...

    def zone_of(self, connection: Connection, user_id: UUID) -> str | None:
        """Name the time zone a user lives by; None when the account is gone."""
        ...

    def standing(self, connection: Connection, habit_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Standing]:
        """Tell how habits stand now, each on its user's habit day; those that are gone are left out."""
        ...

    def begun_on(self, connection: Connection, habit_id: UUID, now: datetime) -> date | None:
        """Give the first day of the habit's running streak, None while there is none."""
        ...

    def said_on(self, connection: Connection, habit: Reminded, day: date) -> str | None:
        """Tell in a word what the user said of a day ("done" when that was enough), None when they said nothing."""
        ...

    def say(self, uow: UnitOfWork, habit: Reminded, day: date, word: Word) -> None:
        """Say what a day of a habit was. Raises a DomainError where that cannot be said in one word."""
        ...
