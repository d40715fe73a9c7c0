"""What insights need to know from elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol
from uuid import UUID

from sqlalchemy import Connection

from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import UserCalendar
from daybeat.modules.insights.domain.periods import Period
from daybeat.modules.insights.domain.practice import Asked
from daybeat.modules.insights.domain.report import Unit


@dataclass(frozen=True, slots=True)
class LivedDay:
    """One day of a habit. The columns of `habit_days` say what each figure is."""

    day: date
    state: str
    due: bool
    done: bool
    strength: float
    verdict: bool | None
    since: date | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class Habit:
    """A habit by name. `streak` and `best_streak` are as of its user's present day, in `unit`s."""

    habit_id: UUID
    name: str
    unit: Unit
    archived: bool
    avoids: bool
    streak: int
    best_streak: int


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next occurrence of a living habit: what is open today, else the first one to come; skips and pauses are none.

    It lasts from `first` to `last`, which are one day, or the week or month. `asks_today` tells that it has begun, that
    today is neither skipped nor paused, and that a week or month had nothing of it today.
    """

    name: str
    avoids: bool
    first: date
    last: date
    unit: Unit
    asks_today: bool


class Habits(Protocol):
    """The habits and what their days came to; only they know what due means."""

    def ids(self, connection: Connection, user_id: UUID) -> Sequence[UUID]:
        """List all habits of a user, archived ones too."""
        ...

    def living(self, connection: Connection, user_id: UUID) -> Mapping[UUID, str]:
        """Name the habits of a user that are not archived, in their order."""
        ...

    def lived(
        self, connection: Connection, user_id: UUID, habit_id: UUID, calendar: UserCalendar, since: date, today: date
    ) -> Iterable[LivedDay]:
        """Live through the days of a habit, from `since` or its start to today or the day it was archived."""
        ...

    def all_of(self, connection: Connection, user_id: UUID, calendar: UserCalendar, today: date) -> Sequence[Habit]:
        """Look at all habits of a user as they stand, archived ones too, in their order."""
        ...

    def times(
        self, connection: Connection, user_id: UUID, calendar: UserCalendar, since: date
    ) -> Iterable[tuple[date, int]]:
        """Give habit day and hour (0 to 23, by the wall's clock) of what was checked in on the day itself."""
        ...

    def upcoming(
        self, connection: Connection, user_id: UUID, habit_ids: Sequence[UUID], calendar: UserCalendar, today: date
    ) -> Mapping[UUID, Upcoming]:
        """Say what these habits ask for next; those that are archived, gone or paused for a year are left out."""
        ...


class Moods(Protocol):
    """The moods behind the figures."""

    def said(self, connection: Connection, user_id: UUID, since: date) -> Iterable[tuple[date, int, int]]:
        """Give habit day, hour (0 to 23, by the wall's clock) and score (1 to 5) of every mood from a day on."""
        ...


class Activity(Protocol):
    """The activity events, which may be kept elsewhere."""

    def by_day(
        self, user_id: UUID, calendar: UserCalendar, first: date, last: date
    ) -> Mapping[str, Mapping[date, int]]:
        """Count events by type and habit day, both ends included; nothing while they cannot be reached."""
        ...


class Changing(Protocol):
    """What habits ask of their user, and asking for something else in a way that can be taken back."""

    def asked(self, connection: Connection, user_id: UUID, today: date) -> Mapping[UUID, Asked]:
        """Say what the living habits of a user ask for, in their order."""
        ...

    def names(self, connection: Connection, user_id: UUID) -> Mapping[UUID, str]:
        """Name all habits of a user, archived ones too."""
        ...

    def amounts(self, connection: Connection, habit_id: UUID, since: date) -> Mapping[date, float]:
        """Add up by day what was done of a habit from a day on; days without an amount are left out."""
        ...

    def minutes(
        self, connection: Connection, habit_id: UUID, calendar: UserCalendar, since: date
    ) -> Iterable[tuple[date, int]]:
        """Give day and minute (0 to 1439, by the wall's clock) of what was done and said at that moment.

        What was said by the button of a reminder is left out. They come in the order in which they were said.
        """
        ...

    def apply(
        self, uow: UnitOfWork, user_id: UUID, habit_id: UUID, calendar: UserCalendar, change: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Make the change of a suggestion; gives what it takes to put it back, as JSON can hold it."""
        ...

    def can_undo(
        self, connection: Connection, user_id: UUID, habit_id: UUID, kept: Mapping[str, Any], today: date
    ) -> bool:
        """Tell whether a habit is still as a change left it."""
        ...

    def undo(self, uow: UnitOfWork, user_id: UUID, habit_id: UUID, kept: Mapping[str, Any], today: date) -> None:
        """Put back what was before a change; a DomainError when the habit is another since."""
        ...


@dataclass(frozen=True, slots=True)
class GoalOver:
    """A goal at the end of some days: what these `added`, and the `verdict` that was to be given then."""

    goal_id: UUID
    name: str
    progress: float
    target: float
    unit: str | None
    added: float
    verdict: Literal["reached", "on pace", "behind", "too early to say"] | None


class Goals(Protocol):
    """The goals and what was added to them."""

    def over(self, connection: Connection, user_id: UUID, first: date, last: date) -> Sequence[GoalOver]:
        """Show the goals that were there between two days, both included."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody is told who wants reports: the whole text, and the recommendation in it."""

    text: str
    advice: str


class Messages(Protocol):
    """The words in which reports are told."""

    def about(
        self, connection: Connection, user_id: UUID, calendar: UserCalendar, period: Period, today: date
    ) -> Message:
        """Write the message about a week or month as it would be sent now."""
        ...


@dataclass(frozen=True, slots=True)
class Sources:
    """All that is asked."""

    habits: Habits
    moods: Moods
    activity: Activity
    changing: Changing
