"""Asking: what is due is claimed in one sweep, then put to its users in small units of work."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from daybeat.contracts.reminders import PromptAsked, PromptExpired, PromptFollowedUp, PromptsDoubted, PromptsRested
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.ids import new_id
from daybeat.modules.reminders.models import BY_SCHEDULE
from daybeat.modules.reminders.planning import Due, obstacle, plan, prompt_row, skip
from daybeat.modules.reminders.repository import PromptRepository
from daybeat.modules.reminders.wishes import Wishes, cadence_of, fatigue_of, patience_of

AT_ONCE = 200
TURN = "reminders.asking"
"""One process asks at a time, however many are told to."""


def claim_due(uow: UnitOfWork) -> int:
    """Claim everything that is due, in one sweep however much it is; gives how many."""
    uow.in_turn_of(TURN)
    return PromptRepository(uow.connection).claim(uow.now)


def ask_claimed(uow: UnitOfWork) -> int:
    """Put claimed prompts to their users and plan their next ones; gives how many were settled."""
    repository = PromptRepository(uow.connection)
    claims = _in_their_turn(lambda: repository.claims(AT_ONCE), uow)
    known = [claim for claim in claims if claim.user_id is not None]
    for prompt in repository.open_of(*(claim.user_id for claim in known)):
        expire(prompt, uow)
    # Whoever changed their settings since the claim has a new due, which this settling plans again.
    repository.forget_dues([claim for claim in known if claim.due_at != claim.claimed_at])
    _settle([(claim, Due(claim.claimed_at, claim.ask_before)) for claim in known], repository, uow)
    if claims:
        repository.settle_claims([claim.no for claim in claims])
    return len(claims)


def pass_over_late(uow: UnitOfWork) -> int:
    """Record as skipped what can no longer be asked, and plan on from there; gives how many users that were."""
    repository = PromptRepository(uow.connection)
    late = _in_their_turn(lambda: repository.late(uow.now, AT_ONCE), uow)
    repository.forget_dues(late)
    _settle([(row, Due(row.due_at, row.ask_before)) for row in late], repository, uow)
    return len(late)


def _in_their_turn(find: Callable[[], Sequence[Row[Any]]], uow: UnitOfWork) -> Sequence[Row[Any]]:
    """Find rows and wait for the turns of their users; what others changed until then is found anew."""
    uow.in_turn_of(TURN)
    rows = find()
    users = {row.user_id for row in rows}
    if not uow.in_turn_of(*(user_id for user_id in users if user_id is not None)):
        return rows
    return [row for row in find() if row.user_id in users]


def _settle(dues: Sequence[tuple[Wishes, Due]], repository: PromptRepository, uow: UnitOfWork) -> None:
    """Ask each slot or record why not, and plan the one after it."""
    rows: list[dict[str, Any]] = []
    plans = {}
    for wishes, due in dues:
        reason = obstacle(wishes, due, uow.now)
        planned = plan(wishes, due.at, uow)
        until = planned.due.at if planned.due else None
        rows.append(skip(wishes, reason, due.at, uow) if reason else ask(wishes, due.at, uow, until=until))
        rows += planned.skipped
        plans[wishes.user_id] = planned.due
    repository.add(rows)
    repository.keep_plans(plans)


def take_steps(uow: UnitOfWork) -> int:
    """Follow up, or let expire, what was not answered; gives how many prompts that were."""
    repository = PromptRepository(uow.connection)
    steps = _in_their_turn(lambda: repository.steps(uow.now, AT_ONCE), uow)
    for prompt in steps:
        if prompt.expires_at <= uow.now:
            expire(prompt, uow)
        else:
            _follow_up(prompt, repository, uow)
    return len(steps)


def ask(
    wishes: Wishes, slot: datetime, uow: UnitOfWork, *, until: datetime | None, requested: bool = False
) -> dict[str, Any]:
    """Ask now for a slot, until the next one at the latest; gives the row to keep."""
    patience = patience_of(wishes)
    expires_at = min(uow.now + patience.lifetime, until) if until else uow.now + patience.lifetime
    prompt_id, channels = new_id(), tuple(wishes.channels)
    uow.record(
        PromptAsked(
            user_id=wishes.user_id, prompt_id=prompt_id, asked_at=uow.now, expires_at=expires_at, channels=channels
        )
    )
    return prompt_row(
        wishes,
        slot,
        id=prompt_id,
        request_id=prompt_id if requested else BY_SCHEDULE,
        state="open",
        asked_at=uow.now,
        expires_at=expires_at,
        step_at=min(uow.now + patience.wait, expires_at),
    )


def expire(prompt: Row[Any], uow: UnitOfWork) -> None:
    """Wait for an answer no longer. Silence tires; who asked for the prompt themselves is not counted."""
    give_way(prompt, uow)
    repository = PromptRepository(uow.connection)
    wishes = repository.settings(prompt.user_id)
    if wishes is not None and prompt.request_id == BY_SCHEDULE:
        _tire(wishes, repository, uow)


def give_way(prompt: Row[Any], uow: UnitOfWork) -> None:
    """Let a prompt be over without an answer, for whatever reason."""
    PromptRepository(uow.connection).change(prompt.id, {"state": "expired", "step_at": None})
    uow.record(PromptExpired(user_id=prompt.user_id, prompt_id=prompt.id))


def _tire(wishes: Wishes, repository: PromptRepository, uow: UnitOfWork) -> None:
    fatigue = fatigue_of(wishes).after_silence(uow.now)
    repository.change_settings(wishes.user_id, asdict(fatigue))
    if fatigue.silences:
        return
    if fatigue.resting_until is None:
        uow.record(PromptsDoubted(user_id=wishes.user_id))
    else:
        uow.record(PromptsRested(user_id=wishes.user_id, until=fatigue.resting_until))
    replan(wishes.user_id, uow)


def replan(user_id: UUID, uow: UnitOfWork) -> None:
    """Plan a user's next prompt anew. A slot that has come already is settled first, by those who claim."""
    repository = PromptRepository(uow.connection)
    wishes = repository.settings(user_id)
    if wishes is None or (wishes.due_at is not None and wishes.due_at <= uow.now):
        return
    repository.forget_dues([wishes])
    repository.keep_plans({user_id: plan(wishes, uow.now, uow).due})


def _follow_up(prompt: Row[Any], repository: PromptRepository, uow: UnitOfWork) -> None:
    """Ask once more. Where that falls into quiet hours nobody is disturbed, and the prompt goes on waiting."""
    wishes, patience = repository.settings(prompt.user_id), patience_of(prompt)
    number = prompt.follow_ups + 1
    following = prompt.asked_at + patience.wait * (number + 1)
    step_at = prompt.expires_at if number >= patience.most else min(max(following, uow.now), prompt.expires_at)
    change = {"step_at": step_at, "follow_ups": number}
    if wishes is not None and not cadence_of(wishes).is_quiet(uow.now):
        change["state"] = "followed_up"
        uow.record(
            PromptFollowedUp(
                user_id=prompt.user_id,
                prompt_id=prompt.id,
                number=number,
                asked_at=uow.now,
                expires_at=prompt.expires_at,
                channels=tuple(prompt.channels),
            )
        )
    repository.change(prompt.id, change)
