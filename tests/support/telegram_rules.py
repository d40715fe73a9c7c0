"""What Telegram itself refuses of what a bot sends: markup it cannot read, texts that are too long, odd buttons."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote"}
LONGEST_TEXT, LONGEST_RAW, LONGEST_NOTICE, LONGEST_DATA = 4096, 1 << 15, 200, 64


class Refusal(Exception):
    """The words of a refusal, and its status."""

    def __init__(self, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.status, self.description = status, description


class _Reader(HTMLParser):
    """Reads markup strictly: known tags, closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self._open = "", list[str]()

    def handle_starttag(self, tag: str, _attributes: Any) -> None:
        if tag not in TAGS:
            raise Refusal(f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            raise Refusal("Bad Request: can't parse entities: Unmatched end tag")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, _data: str) -> None:
        raise Refusal("Bad Request: can't parse entities: Unsupported start tag")

    def handle_decl(self, _declaration: str) -> None:
        raise Refusal("Bad Request: can't parse entities: Unsupported start tag")

    def finished(self) -> str:
        self.close()
        if self._open:
            raise Refusal("Bad Request: can't parse entities: Can't find end tag")
        return self.text


def shown_text(content: dict[str, Any]) -> str:
    """Give the text people see."""
    raw = str(content.get("text", ""))
    if len(raw.encode()) > LONGEST_RAW:
        raise Refusal("Bad Request: text is too long")
    text = raw
    if content.get("parse_mode") == "HTML":
        reader = _Reader()
        reader.feed(raw)
        text = reader.finished()
    if not text.strip():
        raise Refusal("Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise Refusal("Bad Request: message is too long")
    return text


def shown_buttons(content: dict[str, Any]) -> list[list[dict[str, str]]]:
    """Give the buttons under a message."""
    rows: list[list[dict[str, str]]] = content.get("reply_markup", {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if not button["text"].strip():
            raise Refusal("Bad Request: inline keyboard button text must be non-empty")
        if "url" in button:
            _check_url(button["url"])
        elif not 0 < len(button["callback_data"].encode()) <= LONGEST_DATA:
            raise Refusal("Bad Request: BUTTON_DATA_INVALID")
    if sum(map(len, rows)) > 100:
        raise Refusal("Bad Request: reply markup is too long")
    return rows


def check_notice(content: dict[str, Any]) -> None:
    if len(content.get("text", "").encode("utf-16-le")) // 2 > LONGEST_NOTICE:
        raise Refusal("Bad Request: MESSAGE_TOO_LONG")


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or ""):
        raise Refusal("Bad Request: inline keyboard button URL is invalid: Wrong HTTP URL")
