"""A habit opened for writing: the checks every check-in passes, and how the habit is looked at afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Row

from daybeat.contracts.habits import CheckInCleared, CheckInRecorded, DayState, HabitStats
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import UserCalendar
from daybeat.kit.ids import new_id
from daybeat.modules.habits.domain.check_in import CheckIn, afterwards
from daybeat.modules.habits.domain.faces import Face
from daybeat.modules.habits.domain.rules import Rule
from daybeat.modules.habits.errors import BeforeStart, HabitArchived, InFuture
from daybeat.modules.habits.progress import Standing, told, told_day
from daybeat.modules.habits.repository import HabitRepository, kept_tally
from daybeat.modules.habits.storage import rule_from


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check-in came to: itself (None when cleared), its day, and how the habit stands."""

    check_in: CheckIn | Row[Any] | None
    face: Face
    day: DayState
    stats: HabitStats
    changed: bool


class OpenHabit:
    """One habit of the user's that can take check-ins."""

    def __init__(self, repository: HabitRepository, row: Row[Any], calendar: UserCalendar, uow: UnitOfWork) -> None:
        self.repository, self.row = repository, row
        self._calendar, self._uow = calendar, uow
        self.today = calendar.habit_day(uow.now)

    @classmethod
    def of(cls, user_id: UUID, habit_id: UUID, calendar: UserCalendar, uow: UnitOfWork) -> Self:
        """Open a habit; an archived one stays closed."""
        repository = HabitRepository(uow.connection)
        row = repository.get(user_id, habit_id)
        if row.archived_on is not None:
            raise HabitArchived
        return cls(repository, row, calendar, uow)

    @property
    def is_numeric(self) -> bool:
        return self.row.rules[-1]["target"] is not None

    def rule_on(self, day: date) -> Rule:
        rules = [rule_from(stored) for stored in self.row.rules]
        return next((rule for rule in reversed(rules) if rule.since <= day), rules[0])

    def check_day(self, day: date, newest: date | None = None) -> None:
        """Refuse days that the habit or the world has not got."""
        if day < self.row.start:
            raise BeforeStart
        if day > (newest or self.today):
            raise InFuture

    def new_check_in(
        self,
        day: date,
        said: Mapping[str, Any],
        *,
        check_in_id: UUID | None = None,
        at: datetime | None = None,
        zone: str | None = None,
    ) -> CheckIn:
        """Make a check-in. A day set afterwards is kept at its noon."""
        return CheckIn(
            id=check_in_id or new_id(),
            habit_id=self.row.id,
            user_id=self.row.user_id,
            day=day,
            at=at or (self._uow.now if day == self.today else afterwards(day)),
            zone=zone or self._calendar.zone,
            source=self._uow.origin.source,
            **said,
        )

    def record(self, day: date, said: Mapping[str, Any], **given: Any) -> Outcome:
        """Add a check-in and tell everybody."""
        check_in = self.new_check_in(day, said, **given)
        self.repository.add_check_ins([check_in])
        outcome = self._settled(day, check_in)
        self._uow.record(recorded(self.row, check_in, outcome.day, outcome.stats))
        return outcome

    def clear(self, day: date, check_in_id: UUID | None = None) -> Outcome:
        """Look at the day that lost check-ins and tell everybody."""
        outcome = self._settled(day, None)
        self._uow.record(
            CheckInCleared(
                user_id=self.row.user_id,
                habit_id=self.row.id,
                check_in_id=check_in_id,
                date=day,
                day=outcome.day,
                stats=outcome.stats,
            )
        )
        return outcome

    def outcome(self, day: date, check_in: CheckIn | Row[Any] | None, *, changed: bool) -> Outcome:
        """Look at the habit as it stands."""
        standing = self.standing()
        if changed:
            standing.keep_up()
        face = standing.face(day)
        return Outcome(check_in, face, told_day(face), told(standing.stats()), changed)

    def standing(self) -> Standing:
        return Standing(self.repository, self.row, self._calendar, self.today)

    def drop_tally_over(self, day: date) -> None:
        """Forget a tally that already counted a day which is different now."""
        tally = kept_tally(self.row)
        if tally is not None and day <= tally.through:
            self.repository.forget_tally(self.row.id)
            self.row = self.repository.get(self.row.user_id, self.row.id)

    def _settled(self, day: date, check_in: CheckIn | None) -> Outcome:
        self.drop_tally_over(day)
        return self.outcome(day, check_in, changed=True)


def recorded(row: Row[Any], check_in: CheckIn, day: DayState, stats: HabitStats | None) -> CheckInRecorded:
    """Make the fact that a check-in was recorded."""
    return CheckInRecorded(
        user_id=row.user_id,
        habit_id=row.id,
        check_in_id=check_in.id,
        date=check_in.day,
        state=check_in.state,
        amount=check_in.amount,
        day=day,
        stats=stats,
    )
