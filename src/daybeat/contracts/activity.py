"""What can have happened to the rules by which events check habits in or add to goals. Published by `activity`."""

from dataclasses import dataclass
from uuid import UUID

from daybeat.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class RuleMade(Event, name="activity.rule.made"):
    """From now on events of this type check this habit in, or add to this goal; the other one is null."""

    rule_id: UUID
    habit_id: UUID | None
    goal_id: UUID | None = None
    event_type: str


@dataclass(frozen=True, kw_only=True)
class RuleChanged(Event, name="activity.rule.changed"):
    """Something about the rule is different; `fields` names what."""

    rule_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RuleRemoved(Event, name="activity.rule.removed"):
    """The rule does nothing any more. What it did stays."""

    rule_id: UUID
