"""Telegram on this machine: a real server that speaks the Bot API, and people who write and press buttons."""

from typing import Any

from tests.support.telegram_server import BOT, FOR_EVER, TOKEN, Shown, TelegramServer

__all__ = ["BOT", "FOR_EVER", "TOKEN", "Shown", "TelegramPerson", "TelegramServer"]


class TelegramPerson:
    """Somebody with Telegram."""

    def __init__(self, telegram: TelegramServer, number: int, **names: str) -> None:
        self._telegram, self.id = telegram, number
        self._me: dict[str, Any] = {"id": number, "is_bot": False, "first_name": "Ana", **names}
        self._chat: dict[str, Any] = {"id": number, "type": "private"}

    def writes(self, text: str | None, chat: dict[str, Any] | None = None, **more: Any) -> int:
        """Write to the bot; gives the number of the update. Without a text it is a picture."""
        where = chat or self._chat
        self._telegram.known.add(where["id"])
        said = {"message_id": self._telegram.next_message(), "from": self._me, "chat": where, "date": 1}
        content: dict[str, Any] = {"photo": []} if text is None else {"text": text}
        return self._telegram.happens(message={**said, **content}, **more)

    def presses(self, label: str, on: Shown | None = None) -> int:
        """Press a button of a message as it was seen, or else of the newest one that has it."""
        seen = on or next(each for each in reversed(self.chat) if any(label in text for text in each.labels))
        data = next(button for row in seen.buttons for button in row if label in button["text"])["callback_data"]
        return self.sends(data, seen.number)

    def sends(self, data: str, message: int | None, chat: dict[str, Any] | None = None) -> int:
        """Send what no button says, as other programs can."""
        query: dict[str, Any] = {"id": self._telegram.new_query(), "from": self._me, "data": data, "chat_instance": "1"}
        if message is not None:
            query["message"] = {"message_id": message, "chat": chat or self._chat, "date": 0}
        return self._telegram.happens(callback_query=query)

    def blocks(self) -> None:
        self._telegram.blocked_by.add(self.id)

    @property
    def chat(self) -> list[Shown]:
        return self._telegram.chat(self.id)

    @property
    def texts(self) -> list[str]:
        return [shown.text for shown in self.chat]

    @property
    def address(self) -> dict[str, Any]:
        return {"chat_id": self.id, "name": "Ana"}
