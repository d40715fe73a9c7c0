"""What can have happened to a prompt. Published by `reminders`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from daybeat.contracts.event import Event


@dataclass(frozen=True, kw_only=True)
class PromptAsked(Event, name="reminders.prompt.asked"):
    """The user is asked how they feel, until `expires_at`. `channels` are the ways they want to be asked."""

    prompt_id: UUID
    asked_at: datetime
    expires_at: datetime
    channels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PromptFollowedUp(Event, name="reminders.prompt.followed_up"):
    """Nobody answered, so the same prompt was put once more; `number` counts the times."""

    prompt_id: UUID
    number: int
    asked_at: datetime
    expires_at: datetime
    channels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PromptAnswered(Event, name="reminders.prompt.answered"):
    """An answer came and closed the prompt; `late` when it had expired already."""

    prompt_id: UUID
    mood_id: UUID
    late: bool


@dataclass(frozen=True, kw_only=True)
class PromptExpired(Event, name="reminders.prompt.expired"):
    """Nobody answered in time."""

    prompt_id: UUID


@dataclass(frozen=True, kw_only=True)
class PromptSkipped(Event, name="reminders.prompt.skipped"):
    """A prompt that was due was not put, and why: quiet, paused, resting, missed or off."""

    prompt_id: UUID
    due_at: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class PromptSettingsChanged(Event, name="reminders.settings.changed"):
    """When and where the user wants to be asked is different; `fields` names what."""

    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PromptsRested(Event, name="reminders.prompts.rested"):
    """Three prompts in a row stayed unanswered: the user is left in peace until then."""

    until: datetime


@dataclass(frozen=True, kw_only=True)
class PromptsDoubted(Event, name="reminders.prompts.doubted"):
    """After two rests nobody answers: Daybeat asks no more until the user says that it should."""
