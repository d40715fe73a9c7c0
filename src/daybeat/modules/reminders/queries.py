"""Looking at prompts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from daybeat.contracts.moods import MOOD_WORDS
from daybeat.infra.web.signed_links import SignedLinks
from daybeat.modules.reminders.models import BY_SCHEDULE
from daybeat.modules.reminders.repository import PromptRepository
from daybeat.modules.reminders.schemas import Prompt, PromptSettings, QuietHoursOut, duration_text
from daybeat.modules.reminders.wishes import DEFAULTS

QUESTION = "How are you feeling?"


def settings(connection: Connection, user_id: UUID) -> PromptSettings:
    """Show when the user is asked; who never chose gets the usual settings, switched off."""
    row = PromptRepository(connection).settings(user_id)
    return _settings_of(dict(row._mapping) if row is not None else dict(DEFAULTS))  # noqa: SLF001 - its public name


def prompt_rows(connection: Connection, user_id: UUID, state: str | None, most: int) -> Sequence[Row[Any]]:
    return PromptRepository(connection).list_of(user_id, state, most)


def prompt(connection: Connection, prompt_id: UUID, links: SignedLinks) -> Prompt:
    row = PromptRepository(connection).find(prompt_id)
    assert row is not None  # noqa: S101 - asked a moment ago in this unit of work
    return prompt_of(row, links)


def prompt_of(row: Row[Any], links: SignedLinks) -> Prompt:
    """Show a prompt; one that can still be answered has a link."""
    answerable = row.state in {"open", "followed_up", "expired"}
    shown = ("id", "state", "due_at", "asked_at", "expires_at", "follow_ups", "answered_at")
    return Prompt(
        **{name: getattr(row, name) for name in (*shown, "late", "mood_id", "reason", "channels")},
        requested=row.request_id != BY_SCHEDULE,
        question=QUESTION,
        scale=list(MOOD_WORDS),
        link=links.url(row.id) if answerable else None,
    )


def _settings_of(row: dict[str, Any]) -> PromptSettings:
    same = ("enabled", "times", "max_follow_ups", "channels", "paused_until", "resting_until", "doubted")
    return PromptSettings(
        **{name: row[name] for name in same},
        every=duration_text(row["every_seconds"]) if row["every_seconds"] else None,
        quiet_hours=QuietHoursOut(begin=row["quiet_from"], end=row["quiet_to"]) if row["quiet_from"] else None,
        follow_up_after=duration_text(row["follow_up_seconds"]),
        next_at=row["due_at"],
    )
