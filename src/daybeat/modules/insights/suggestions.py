"""Keeping suggestions in step with the figures, and doing what was decided about them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from daybeat.contracts.insights import SuggestionApplied, SuggestionDismissed, SuggestionUndone
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.calendar import UserCalendar
from daybeat.kit.ids import new_id
from daybeat.modules.insights.domain.suggesting import suggest
from daybeat.modules.insights.domain.suggestion import Suggestion
from daybeat.modules.insights.errors import DecidedAlready, NoLongerFits, NothingToApply
from daybeat.modules.insights.ports import Sources
from daybeat.modules.insights.practices import practices
from daybeat.modules.insights.refreshing import refresh
from daybeat.modules.insights.suggestion_repository import SuggestionRepository

OPEN, AWAY, APPLIED, DISMISSED, UNDONE = "open", "away", "applied", "dismissed", "undone"
TURNED_DOWN = (DISMISSED, UNDONE)
Wanted = list[tuple[UUID, Suggestion]]
Key = tuple[UUID, str, str]


def wanted(connection: Connection, user_id: UUID, calendar: UserCalendar, today: date, sources: Sources) -> Wanted:
    """Say what is to be suggested now, whatever is open."""
    turned_down = {_key(row) for row in SuggestionRepository(connection, user_id).in_states(*TURNED_DOWN)}
    return suggest(practices(connection, user_id, calendar, today, sources), turned_down)


def is_in_step(connection: Connection, user_id: UUID, now_wanted: Wanted) -> bool:
    """Tell whether what is open is what is wanted, word for word."""
    rows = SuggestionRepository(connection, user_id).in_states(OPEN)
    return [(_key(row), _said(row)) for row in rows] == [
        ((habit_id, each.kind, each.basis), _columns(each, place)) for place, (habit_id, each) in enumerate(now_wanted)
    ]


def keep_in_step(uow: UnitOfWork, user_id: UUID, calendar: UserCalendar, sources: Sources) -> bool:
    """Open what the figures call for, and put away what they no longer do; always done. The days have to be fresh."""
    uow.in_turn_of(f"insights {user_id}")
    today, repository = calendar.habit_day(uow.now), SuggestionRepository(uow.connection, user_id)
    repository.forget_others(sources.changing.names(uow.connection, user_id))
    now_wanted = wanted(uow.connection, user_id, calendar, today, sources)
    if not is_in_step(uow.connection, user_id, now_wanted):
        _open(repository, user_id, now_wanted, uow)
    return True


def apply(uow: UnitOfWork, user_id: UUID, suggestion_id: UUID, calendar: UserCalendar, sources: Sources) -> None:
    """Do what is suggested, once, and only while it still fits."""
    row = _looked_at_again(uow, user_id, suggestion_id, calendar, sources)
    if row.state == APPLIED:
        return
    if row.state in TURNED_DOWN:
        raise DecidedAlready
    if row.state == AWAY:
        raise NoLongerFits
    if not row.change:
        raise NothingToApply
    kept = sources.changing.apply(uow, user_id, row.habit_id, calendar, row.change)
    _decide(uow, row, APPLIED, kept=dict(kept))
    uow.record(SuggestionApplied(user_id=user_id, suggestion_id=row.id, habit_id=row.habit_id, kind=row.kind))


def dismiss(uow: UnitOfWork, user_id: UUID, suggestion_id: UUID) -> None:
    """Put a suggestion away for good: it stays away while it rests on the same."""
    row = SuggestionRepository(uow.connection, user_id).get(suggestion_id)
    if row.state in TURNED_DOWN:
        return
    if row.state == APPLIED:
        raise DecidedAlready
    _decide(uow, row, DISMISSED)
    uow.record(SuggestionDismissed(user_id=user_id, suggestion_id=row.id, habit_id=row.habit_id, kind=row.kind))


def undo(uow: UnitOfWork, user_id: UUID, suggestion_id: UUID, calendar: UserCalendar, sources: Sources) -> None:
    """Put back what was applied; what was dismissed may come again. Where there is nothing to undo, nothing is."""
    row = SuggestionRepository(uow.connection, user_id).get(suggestion_id)
    if row.state not in {APPLIED, DISMISSED}:
        return
    if row.state == APPLIED:
        sources.changing.undo(uow, user_id, row.habit_id, row.kept, calendar.habit_day(uow.now))
    _decide(uow, row, UNDONE if row.state == APPLIED else AWAY, kept=None)
    uow.record(SuggestionUndone(user_id=user_id, suggestion_id=row.id, habit_id=row.habit_id, kind=row.kind))
    if row.state == DISMISSED:
        _look_again(uow, user_id, calendar, sources)


def _looked_at_again(
    uow: UnitOfWork, user_id: UUID, suggestion_id: UUID, calendar: UserCalendar, sources: Sources
) -> Row[Any]:
    """Give a suggestion as it stands by the newest figures."""
    SuggestionRepository(uow.connection, user_id).get(suggestion_id)
    _look_again(uow, user_id, calendar, sources)
    return SuggestionRepository(uow.connection, user_id).get(suggestion_id)


def _look_again(uow: UnitOfWork, user_id: UUID, calendar: UserCalendar, sources: Sources) -> None:
    while not refresh(uow, user_id, calendar, sources):
        pass  # whoever asks has looked before, so little is left
    keep_in_step(uow, user_id, calendar, sources)


def _open(repository: SuggestionRepository, user_id: UUID, now_wanted: Wanted, uow: UnitOfWork) -> None:
    rows = {_key(row): row for row in repository.in_states(OPEN, AWAY)}
    for place, (habit_id, suggestion) in enumerate(now_wanted):
        columns = _columns(suggestion, place)
        row = rows.pop((habit_id, suggestion.kind, suggestion.basis), None)
        if row is None:
            known = {"id": new_id(), "user_id": user_id, "habit_id": habit_id, "made_at": uow.now}
            repository.add({**known, "kind": suggestion.kind, "basis": suggestion.basis, "state": OPEN, **columns})
        elif row.state != OPEN or _said(row) != columns:
            repository.change(row.id, {**columns, "state": OPEN})
    for row in rows.values():
        if row.state == OPEN:
            repository.change(row.id, {"state": AWAY})


def _decide(uow: UnitOfWork, row: Row[Any], state: str, **more: Any) -> None:
    decided_at = None if state == AWAY else uow.now
    SuggestionRepository(uow.connection, row.user_id).change(row.id, {"state": state, "decided_at": decided_at, **more})


def _key(row: Row[Any]) -> Key:
    return row.habit_id, row.kind, row.basis


def _said(row: Row[Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("text", "evidence", "button", "change", "place")}


def _columns(suggestion: Suggestion, place: int) -> dict[str, Any]:
    return {
        "text": suggestion.text,
        "evidence": list(suggestion.evidence),
        "button": suggestion.button,
        "change": dict(suggestion.change),
        "place": place,
    }
