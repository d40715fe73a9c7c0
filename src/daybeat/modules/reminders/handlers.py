"""Choosing when to be asked, asking now, and closing prompts."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from daybeat.contracts.reminders import PromptAnswered, PromptSettingsChanged
from daybeat.infra.db.unit_of_work import UnitOfWork
from daybeat.kit.errors import NotFound
from daybeat.modules.reminders.asking import ask, give_way, replan
from daybeat.modules.reminders.commands import ChoosePrompts
from daybeat.modules.reminders.domain.patience import FRESH
from daybeat.modules.reminders.errors import HasAnswer, WasNeverAsked
from daybeat.modules.reminders.repository import PromptRepository
from daybeat.modules.reminders.wishes import DEFAULTS, Wishes, fatigue_of


def choose_prompts(command: ChoosePrompts, *, uow: UnitOfWork) -> None:
    """Keep what the user wants and plan by it. Whoever chooses is there, so nothing rests any more."""
    repository = PromptRepository(uow.connection)
    before = _wishes(command.user_id, command.zone, repository)
    wanted = {**command.wanted, "zone": command.zone, **asdict(FRESH)}
    changed = tuple(sorted(name for name, value in wanted.items() if getattr(before, name) != value))
    if changed:
        repository.change_settings(command.user_id, wanted)
        uow.record(PromptSettingsChanged(user_id=command.user_id, fields=changed))
        replan(command.user_id, uow)


def ask_now(user_id: UUID, zone: str, *, uow: UnitOfWork) -> UUID:
    """Ask at the user's own wish, whatever the hour. What was open gives way; who asks for more is not silent."""
    repository = PromptRepository(uow.connection)
    wishes = _wishes(user_id, zone, repository)
    for prompt in repository.open_of(user_id):
        give_way(prompt, uow)
    following = wishes.due_at if wishes.due_at is not None and wishes.due_at > uow.now else None
    row = ask(wishes, uow.now, uow, until=following, requested=True)
    repository.add([row])
    prompt_id: UUID = row["id"]
    return prompt_id


def close_prompt(uow: UnitOfWork, user_id: UUID, prompt_id: UUID | None, mood_id: UUID) -> UUID | None:
    """Close a prompt with its answer, or whichever is open (None); gives what was closed. The first answer wins."""
    repository = PromptRepository(uow.connection)
    prompt = _answerable(user_id, prompt_id, repository)
    if prompt is None:
        return None
    late = prompt.state == "expired"
    answered = {"state": "answered", "step_at": None, "answered_at": uow.now, "late": late, "mood_id": mood_id}
    repository.change(prompt.id, answered)
    uow.record(PromptAnswered(user_id=user_id, prompt_id=prompt.id, mood_id=mood_id, late=late))
    _refresh(user_id, repository, uow)
    closed: UUID = prompt.id
    return closed


def resume(user_id: UUID, *, uow: UnitOfWork) -> None:
    """Go on asking somebody who was left in peace."""
    _refresh(user_id, PromptRepository(uow.connection), uow)


def move_to_zone(user_id: UUID, zone: str, *, uow: UnitOfWork) -> None:
    """Follow a user who lives by another clock from now on."""
    repository = PromptRepository(uow.connection)
    wishes = repository.settings(user_id)
    if wishes is not None and wishes.zone != zone:
        repository.change_settings(user_id, {"zone": zone})
        replan(user_id, uow)


def _answerable(user_id: UUID, prompt_id: UUID | None, repository: PromptRepository) -> Row[Any] | None:
    if prompt_id is None:
        return next(iter(repository.open_of(user_id)), None)
    prompt = repository.find(prompt_id)
    if prompt is None or prompt.user_id != user_id:
        raise NotFound
    if prompt.state == "answered":
        raise HasAnswer
    if prompt.state == "skipped":
        raise WasNeverAsked
    return prompt


def _refresh(user_id: UUID, repository: PromptRepository, uow: UnitOfWork) -> None:
    wishes = repository.settings(user_id)
    if wishes is not None and fatigue_of(wishes) != FRESH:
        repository.change_settings(user_id, asdict(FRESH))
        replan(user_id, uow)


def _wishes(user_id: UUID, zone: str, repository: PromptRepository) -> Wishes:
    """Give the user's wishes; who never had any gets the usual ones, and is not asked."""
    if repository.settings(user_id) is None:
        repository.keep_settings({"user_id": user_id, "zone": zone, **DEFAULTS})
    wishes = repository.settings(user_id)
    assert wishes is not None  # noqa: S101 - kept a line above
    return wishes
