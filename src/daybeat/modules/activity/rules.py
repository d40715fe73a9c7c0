"""Making, changing and removing the rules by which events check habits in or add to goals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from daybeat.contracts.activity import RuleChanged, RuleMade, RuleRemoved
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.errors import DomainError, Kind, NotFound
from daybeat.kit.ids import new_id
from daybeat.modules.activity.domain.rules import Rule
from daybeat.modules.activity.rule_models import activity_rules
from daybeat.modules.activity.rules_port import Targets

MOST_RULES = 100
TARGETS = {"habit_id", "goal_id"}


class TooManyRules(DomainError):
    """An account has at most a hundred rules."""

    kind = Kind.CONFLICT


class OneAmount(DomainError):
    """The amount is a number or comes from the event; it cannot be both."""


class OneTarget(DomainError):
    """A rule checks a habit in or adds to a goal: name one of the two, habit_id or goal_id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeRule:
    """Let events check a habit in, or add to a goal: one of the two."""

    user_id: UUID
    habit_id: UUID | None
    goal_id: UUID | None
    event_type: str
    conditions: Mapping[str, Any]
    amount: float | None = None
    amount_from: str | None = None


def make_rule(command: MakeRule, targets: Targets, *, uow: UnitOfWork) -> UUID:
    """Make a rule for what arrives from now on."""
    check_one(command.habit_id, command.goal_id)
    _find(targets, uow.connection, command.user_id, command.habit_id, command.goal_id)
    _check_amount(command.amount, command.amount_from)
    own = select(func.count()).where(activity_rules.c.user_id == command.user_id)
    if uow.connection.execute(own).scalar_one() >= MOST_RULES:
        raise TooManyRules
    rule_id = new_id()
    uow.connection.execute(
        insert(activity_rules).values(
            id=rule_id,
            user_id=command.user_id,
            habit_id=command.habit_id,
            goal_id=command.goal_id,
            event_type=command.event_type,
            conditions=command.conditions,
            amount=command.amount,
            amount_from=command.amount_from,
            enabled=True,
            created_at=uow.now,
            fired=0,
        )
    )
    said = {name: getattr(command, name) for name in ("user_id", "habit_id", "goal_id", "event_type")}
    uow.record(RuleMade(rule_id=rule_id, **said))
    return rule_id


def change_rule(user_id: UUID, rule_id: UUID, changes: Mapping[str, Any], targets: Targets, *, uow: UnitOfWork) -> None:
    """Change what is named. With a goal the habit goes, and the other way round.

    A rule that is switched on again looks at what arrives from then on.
    """
    row = find_rule(uow.connection, user_id, rule_id)
    wanted = {name: value for name, value in _with_one_target(changes).items() if getattr(row, name) != value}
    _find(targets, uow.connection, user_id, wanted.get("habit_id"), wanted.get("goal_id"))
    _check_amount(changes.get("amount", row.amount), changes.get("amount_from", row.amount_from))
    if not wanted:
        return
    # What arrived before was looked at by the rule as it was then.
    values = {**wanted, "created_at": uow.now, "last_refusal": None}
    uow.connection.execute(update(activity_rules).where(activity_rules.c.id == rule_id).values(values))
    uow.record(RuleChanged(user_id=user_id, rule_id=rule_id, fields=tuple(sorted(wanted))))


def remove_rule(user_id: UUID, rule_id: UUID, *, uow: UnitOfWork) -> None:
    """Stop a rule. What it checked in or added stays."""
    find_rule(uow.connection, user_id, rule_id)
    uow.connection.execute(delete(activity_rules).where(activity_rules.c.id == rule_id))
    uow.record(RuleRemoved(user_id=user_id, rule_id=rule_id))


def find_rule(connection: Connection, user_id: UUID, rule_id: UUID) -> Row[Any]:
    """Find a rule of the user's."""
    own = (activity_rules.c.id == rule_id) & (activity_rules.c.user_id == user_id)
    row = connection.execute(select(activity_rules).where(own)).one_or_none()
    if row is None:
        raise NotFound
    return row


def rules_of(connection: Connection, user_id: UUID) -> Sequence[Row[Any]]:
    """List a user's rules, the oldest first."""
    own = activity_rules.c.user_id == user_id
    return connection.execute(select(activity_rules).where(own).order_by(activity_rules.c.id)).all()


def rules_in_force(connection: Connection) -> Sequence[Row[Any]]:
    """List everybody's rules that are switched on."""
    return connection.execute(
        select(activity_rules).where(activity_rules.c.enabled).order_by(activity_rules.c.id)
    ).all()


def check_one(habit_id: UUID | None, goal_id: UUID | None) -> None:
    """Refuse a rule for nothing, or for two things."""
    if (habit_id is None) == (goal_id is None):
        raise OneTarget


def rule_from(row: Any) -> Rule:
    return Rule(row.event_type, row.conditions, row.amount, row.amount_from)


def _with_one_target(changes: Mapping[str, Any]) -> Mapping[str, Any]:
    if not TARGETS & changes.keys():
        return changes
    both = {**dict.fromkeys(TARGETS), **changes}
    check_one(both["habit_id"], both["goal_id"])
    return both


def _find(targets: Targets, connection: Connection, user_id: UUID, habit_id: UUID | None, goal_id: UUID | None) -> None:
    """Have what a rule is to feed found; NotFound when it is not the user's."""
    if habit_id is not None:
        targets.habits.title(connection, user_id, habit_id)
    if goal_id is not None:
        targets.goals.title(connection, user_id, goal_id)


def _check_amount(amount: float | None, amount_from: str | None) -> None:
    if amount is not None and amount_from is not None:
        raise OneAmount
