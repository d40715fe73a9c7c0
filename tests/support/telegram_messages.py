"""Notifications as the channel to Telegram gets them."""

from uuid import UUID

from daybeat.contracts.moods import MOOD_WORDS
from daybeat.kit.ids import new_id
from daybeat.modules.notifications.channels.port import Action, Message

LINK = "https://daybeat.example.org/"
LABELS = {"done": "Done", "skip": "Skip", "snooze": "In 30 min"}


def reminds(reminder_id: UUID, title: str, body: str = "", link: str = LINK) -> Message:
    """Write a reminder."""
    actions = tuple(Action(name, label, f"{LINK}r/x", f"do={name}") for name, label in LABELS.items())
    return _message("reminder", title, body, link, reminder_id, actions)


def asks(prompt_id: UUID) -> Message:
    """Write a mood prompt."""
    actions = tuple(
        Action(f"score:{score}", word, f"{LINK}t/x", f"score={score}") for score, word in enumerate(MOOD_WORDS, 1)
    )
    return _message("prompt", "How are you feeling?", "One tap is enough.", LINK, prompt_id, actions)


def tells(title: str, body: str, link: str = LINK) -> Message:
    """Write something that wants no answer."""
    return _message("report", title, body, link, None, ())


def _message(kind: str, title: str, body: str, link: str, subject: UUID | None, actions: tuple[Action, ...]) -> Message:
    return Message(new_id(), new_id(), kind, title, body, link, "en", subject, actions)
