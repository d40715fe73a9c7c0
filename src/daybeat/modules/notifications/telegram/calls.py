"""What can be said to a chat: a message, another text in its place, a notice for whoever pressed a button."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from daybeat.modules.notifications.telegram.api import Call
from daybeat.modules.notifications.telegram.buttons import Rows, keyboard
from daybeat.modules.notifications.telegram.markup import LONGEST_NOTICE, escaped, line, plain
from daybeat.modules.notifications.telegram.updates import Pressed, Said

Calls: TypeAlias = Sequence[Call]


def message(chat_id: int, markup: str, rows: Rows = ()) -> dict[str, Any]:
    """Write a message of finished markup. Telegram fetches no previews of what it links to."""
    content = {"chat_id": chat_id, "text": markup, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    return {**content, "reply_markup": keyboard(rows)} if rows else content


def say(chat_id: int, text: str, rows: Rows = ()) -> Call:
    """Say a plain text."""
    return say_marked(chat_id, escaped(plain(text)), rows)


def say_marked(chat_id: int, markup: str, rows: Rows = ()) -> Call:
    return Call("sendMessage", message(chat_id, markup, rows))


def put_in_place(old: Said, markup: str, rows: Rows = ()) -> Call:
    """Write another text where a message stood; buttons that are not given again are gone."""
    content = {**message(old.chat.id, markup), "message_id": old.message_id, "reply_markup": keyboard(rows)}
    return Call("editMessageText", content)


def notice(pressed: Pressed, text: str, *, alert: bool = False) -> Call:
    """Tell whoever pressed a button what came of it; an `alert` stays until they have read it."""
    return Call(
        "answerCallbackQuery",
        {"callback_query_id": pressed.id, "text": line(text, LONGEST_NOTICE), "show_alert": alert},
    )
