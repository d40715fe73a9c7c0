"""What can have happened to the rules by which events check habits in. Published by `activity`."""

from dataclasses import dataclass
from uuid import UUID

from daybeat.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class RuleMade(Event, name="activity.rule.made"):
    """From now on events of this type check this habit in."""

    rule_id: UUID
    habit_id: UUID
    event_type: str


@dataclass(frozen=True, kw_only=True)
class RuleChanged(Event, name="activity.rule.changed"):
    """Something about the rule is different; `fields` names what."""

    rule_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RuleRemoved(Event, name="activity.rule.removed"):
    """The rule checks nothing in any more. What it did stays."""

    rule_id: UUID
