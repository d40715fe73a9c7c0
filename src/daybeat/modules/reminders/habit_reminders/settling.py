"""Settling slots that have come: each is told, or recorded as skipped with the reason."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Row

from daybeat.contracts.notifications import HabitReminder
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.reminders.domain.nudging import reason
from daybeat.modules.reminders.habit_reminders.nudges import close_day, ends_tonight
from daybeat.modules.reminders.habit_reminders.obstacles import FOLLOWED_UP_AFTER, Asked, Told, forbidden, obstacles
from daybeat.modules.reminders.habit_reminders.planning import FOLLOW_UP, NUDGE, NUDGED, SNOOZE, TIME, Planner
from daybeat.modules.reminders.habit_reminders.ports import Habits, Standing
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.reminders.habit_reminders.wishes import learned_of

MOST_PASSED_OVER = 20
"""Slots of one habit passed over in one go; the rest follows in the next unit of work, so that none takes long."""

Values: TypeAlias = Mapping[str, Any]


class Settling:
    """Settles slots in one unit of work. What it needs to know is read once for all of them."""

    def __init__(self, habits: Habits, uow: UnitOfWork) -> None:
        self._habits, self._uow = habits, uow
        self._repository = ReminderRepository(uow.connection)
        self._rows: list[Values] = []
        self._plans: list[Values] = []

    def settle(self, slots: Sequence[Row[Any]]) -> None:
        """Tell each of these slots or record why not, and plan what follows from it."""
        if not slots:
            return
        self._look(slots)
        known = self._repository.settled({(slot.habit_id, slot.due_at, slot.why) for slot in slots})
        # A chosen time speaks before a nudge of the same moment.
        for slot in sorted(slots, key=lambda slot: (slot.due_at, slot.why != TIME, slot.user_id)):
            if slot.habit_id in self._standings:
                if (slot.habit_id, slot.due_at, slot.why) not in known:
                    known.add((slot.habit_id, slot.due_at, slot.why))
                    self._settle(slot)
                if slot.why == TIME and slot.habit_id not in self._planned:
                    self._plan_next_time(slot)
        self._write()

    def close_days(self, ends: Sequence[Row[Any]]) -> None:
        """End the days of nudged habits."""
        if not ends:
            return
        self._look(ends)
        for end in ends:
            nudge = self._nudges.get(end.habit_id)
            if nudge is not None and nudge.enabled and end.habit_id in self._standings:
                self._plans += close_day(nudge, self._planner(end.habit_id), end.due_at, self._habits, self._uow)
        self._write()

    def _look(self, slots: Sequence[Row[Any]]) -> None:
        connection, now = self._uow.connection, self._uow.now
        habit_ids, user_ids = list({slot.habit_id for slot in slots}), list({slot.user_id for slot in slots})
        self._standings = self._habits.standing(connection, habit_ids, now)
        self._settings = self._repository.settings(*user_ids)
        self._nudges = self._repository.nudges(*habit_ids)
        self._planned = {due.habit_id for due in self._repository.coming(habit_ids) if due.why == TIME}
        self._risks = {row.habit_id: row for row in self._repository.risks(habit_ids)}
        self._told: dict[UUID, list[Told]] = defaultdict(list)
        if any(slot.why in NUDGED for slot in slots):
            for row in self._repository.told_lately(user_ids, now):
                self._told[row.user_id].append(Told(row.habit_id, row.date, row.why, row.told_at))

    def _write(self) -> None:
        self._repository.add(self._rows)
        self._repository.plan(self._plans)
        self._rows, self._plans = [], []

    def _planner(self, habit_id: UUID) -> Planner:
        habit = self._standings[habit_id].habit
        return Planner(habit, self._settings[habit.user_id])

    def _settle(self, slot: Row[Any]) -> None:
        standing, planner = self._standings[slot.habit_id], self._planner(slot.habit_id)
        obstacle = next(obstacles(self._asked(slot, standing, planner)), None)
        if obstacle:
            self._rows.append(_row(planner, slot.due_at, slot.why, state="skipped", reason=obstacle))
        else:
            self._tell(slot, standing, planner)

    def _asked(self, slot: Row[Any], standing: Standing, planner: Planner) -> Asked:
        told = self._told[standing.habit.user_id]
        return Asked(slot, standing, planner, self._nudges.get(slot.habit_id), told, self._uow.now)

    def _tell(self, slot: Row[Any], standing: Standing, planner: Planner) -> None:
        habit, reminder_id = standing.habit, new_id()
        told = {"state": "told", "told_at": self._uow.now, "expires_at": slot.tell_before}
        self._rows.append(_row(planner, slot.due_at, slot.why, id=reminder_id, **told))
        self._told[habit.user_id].append(Told(habit.habit_id, standing.date, slot.why, self._uow.now))
        if slot.why == NUDGE:
            self._repository.change_nudge(habit.habit_id, {"asked_on": standing.date})
            self._plans.append(planner.due(FOLLOW_UP, self._uow.now.replace(microsecond=0) + FOLLOWED_UP_AFTER))
        self._uow.record(
            HabitReminder(
                user_id=habit.user_id,
                reminder_id=reminder_id,
                habit_id=habit.habit_id,
                title=habit.title,
                question=habit.question,
                date=standing.date,
                due_at=slot.due_at,
                expires_at=slot.tell_before,
                why=slot.why,
                reason=self._reason(slot, standing),
                streak=standing.streak,
                unit=standing.unit,
            )
        )

    def _reason(self, slot: Row[Any], standing: Standing) -> str:
        """Say why it is told now, the weightiest reason there is; empty where there is none."""
        if slot.why == SNOOZE:
            return ""
        if slot.why == FOLLOW_UP:
            return ends_tonight(standing) or self._risk(standing)
        nudge = self._nudges.get(slot.habit_id)
        learned = reason(learned_of(nudge)) if slot.why == NUDGE and nudge is not None else ""
        return self._risk(standing) or learned

    def _risk(self, standing: Standing) -> str:
        """Say that the habit is at risk, and why. It is said once: again and again it would be no help."""
        risk = self._risks.get(standing.habit.habit_id)
        if risk is None or not risk.first <= standing.date <= risk.last:
            return ""
        del self._risks[risk.habit_id]
        self._repository.forget_risk(risk.habit_id)
        return str(risk.reason)

    def _plan_next_time(self, slot: Row[Any]) -> None:
        """Plan the time after a slot; what can no longer be told on the way there is recorded as skipped."""
        planner = self._planner(slot.habit_id)
        due = planner.time_after(slot.due_at)
        for _ in range(MOST_PASSED_OVER):
            if due is None or due["tell_before"] > self._uow.now:
                break
            why_not = next(forbidden(planner, due["due_at"], TIME), "missed")
            self._rows.append(_row(planner, due["due_at"], TIME, state="skipped", reason=why_not))
            due = planner.time_after(due["due_at"])
        if due is not None:
            self._plans.append(due)


def _row(planner: Planner, slot: datetime, why: str, **known: Any) -> Values:
    """Make a row of habit_reminders for a slot."""
    habit = planner.habit
    return {
        "id": known.get("id") or new_id(),
        "user_id": habit.user_id,
        "habit_id": habit.habit_id,
        "title": habit.title,
        "date": habit.calendar.habit_day(slot),
        "due_at": slot,
        "why": why,
        "reason": None,
        "told_at": None,
        "expires_at": None,
        "acted": None,
        "snoozed_to": None,
        **known,
    }
