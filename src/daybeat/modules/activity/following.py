"""Following the events for their rules: what they bring about and how far was read are one commit.

Numbers of events grow in the order of their commits, so a position is enough, and nothing is read twice or missed.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Row, update

from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.infra.wakeup import WakeUp, keep_going
from daybeat.kit.errors import DomainError, NotFound
from daybeat.modules.activity.domain.rules import amount_of, matches
from daybeat.modules.activity.queries import newest, those_between
from daybeat.modules.activity.reaching import READER, reached_by_rules, rules_have_reached
from daybeat.modules.activity.rule_models import activity_rules
from daybeat.modules.activity.rules import rule_from, rules_in_force
from daybeat.modules.activity.rules_port import Targets
from daybeat.modules.activity.store import ActivityStore

LOOK_EVERY = 0.1  # seconds: events may have been stored by another process, which tells nobody
LONGEST_WAIT = 5.0
GATHERING = 0.05  # seconds in which events gather: looking costs a commit
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class _Step:
    """Events behind a position, and the position behind them."""

    position: int
    reached: int
    rows: Sequence[Row[Any]]


class Following:
    """Reads events after the last one that was looked at, and applies the rules to them."""

    def __init__(self, store: Store, activity: ActivityStore, targets: Targets) -> None:
        self._store, self._activity, self._targets = store, activity, targets

    async def run(self) -> None:
        """Follow for ever."""
        news = WakeUp(LOOK_EVERY)
        self._activity.on_commit(news.wake)

        async def look() -> None:
            news.clear()
            while await self.follow():
                pass
            await asyncio.sleep(GATHERING)
            await news.wait()

        await keep_going(look, "activity rules", first_wait=0.2, longest=LONGEST_WAIT)

    async def follow(self) -> bool:
        """Look at the next events; tells whether there are more.

        They are read before the unit of work begins: their database may be slow, and nobody else has to wait for it.
        """
        rules, position = await self._store.read(lambda c: (rules_in_force(c), reached_by_rules(c)))
        if not rules or position is None:
            return False
        last = await self._activity.read(newest)
        accounts, kinds = {rule.user_id for rule in rules}, {rule.event_type for rule in rules}
        rows = await self._activity.read(lambda c: those_between(c, position, last, accounts, kinds, AT_ONCE))
        more = len(rows) == AT_ONCE
        step = _Step(position, rows[-1].id if more else last, rows)
        if step.reached != position:
            await self._store.write(partial(self._take, step))
        return more

    def _take(self, step: _Step, uow: UnitOfWork) -> None:
        """Apply the rules and move on, unless another process was quicker."""
        if uow.has_turn(READER) and reached_by_rules(uow.connection) == step.position:
            self._apply(rules_in_force(uow.connection), step.rows, uow)
            rules_have_reached(uow, step.reached)

    def _apply(self, rules: Sequence[Row[Any]], rows: Sequence[Row[Any]], uow: UnitOfWork) -> None:
        pairs = [(rule, row) for row in rows for rule in rules if _speaks_of(rule, row)]
        if pairs:
            uow.in_turn_of(*{rule.user_id for rule, _ in pairs})
        for rule, row in pairs:
            self._fire(rule, row, uow)
        for goal_id, user_id in {rule.goal_id: rule.user_id for rule, _ in pairs if rule.goal_id}.items():
            self._tell(user_id, goal_id, uow)

    def _fire(self, rule: Row[Any], row: Row[Any], uow: UnitOfWork) -> None:
        """Do what the rule says, or keep the reason why not: an event is looked at once, whatever comes of it."""
        uow.origin = Origin(source="rule", correlation_id=str(row.event_id))
        try:
            with uow.attempt():
                self._feed(rule, row, uow)
        except (DomainError, ValueError) as reason:
            _note(uow, rule.id, {"last_refusal": str(reason)[:300]})
        else:
            fired = {"fired": activity_rules.c.fired + 1, "last_fired_at": uow.now, "last_refusal": None}
            _note(uow, rule.id, fired)

    def _feed(self, rule: Row[Any], row: Row[Any], uow: UnitOfWork) -> None:
        """Check the rule's habit in or add to its goal, under an id that is the same whenever the event comes."""
        amount, name = amount_of(rule_from(rule), row.said), uuid5(rule.id, str(row.event_id))
        at = min(row.timestamp, uow.now)
        if rule.goal_id is not None:
            self._targets.goals.add(uow, rule.user_id, rule.goal_id, name, 1.0 if amount is None else amount, at)
        else:
            self._targets.habits.check_in(uow, rule.user_id, rule.habit_id, name, amount, at)

    def _tell(self, user_id: UUID, goal_id: UUID, uow: UnitOfWork) -> None:
        """Tell of a goal once for all events; a goal that was deleted meanwhile has nothing to tell."""
        uow.origin = Origin(source="rule")
        with suppress(NotFound):
            self._targets.goals.tell(uow, user_id, goal_id)


def _speaks_of(rule: Row[Any], row: Row[Any]) -> bool:
    """Tell whether a rule, as it stood when the event arrived, speaks of it."""
    ours = row.account_id == rule.user_id and row.received_at >= rule.created_at
    return ours and matches(rule_from(rule), row.event_type, row.said)


def _note(uow: UnitOfWork, rule_id: UUID, values: dict[str, Any]) -> None:
    uow.connection.execute(update(activity_rules).where(activity_rules.c.id == rule_id).values(values))
