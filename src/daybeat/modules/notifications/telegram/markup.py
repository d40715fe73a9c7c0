"""Texts as Telegram takes them: escaped, free of what turns a text around, and short enough.

Telegram counts a text in UTF-16 units, after its markup has been read.
"""

import html
import re
import unicodedata

LONGEST_TEXT = 4096
LONGEST_TITLE = 256
LONGEST_LABEL = 60
LONGEST_NOTICE = 190  # what appears over the chat for a moment; Telegram takes 200
CUT = "…"
_FURTHEST_BACK = 40  # an emoji family has 11 characters; what is longer is cut anywhere
_JOINER = "\u200d"
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")
_FLAGS = ("\U0001f1e6", "\U0001f1ff")
_TAGS = ("\U000e0020", "\U000e007f")
_LONGEST_LINE_RUN = re.compile(r"\n{3,}")
# Control characters and lone surrogates, which Telegram refuses, and overrides, by which a text can seem another one.
_UNWANTED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def plain(text: str, most: int = LONGEST_TEXT) -> str:
    """Clean a text of several lines, and shorten it."""
    tidy = _UNWANTED.sub(" ", text[: most * 4].replace("\r\n", "\n"))
    return shortened(_LONGEST_LINE_RUN.sub("\n\n", tidy).strip(), most)


def line(text: str, most: int = LONGEST_TITLE) -> str:
    """Clean a text that has to stay on one line, and shorten it."""
    return shortened(" ".join(plain(text, most * 2).split()), most)


def escaped(text: str) -> str:
    """Write a text so that Telegram's HTML shows it as it is."""
    return html.escape(text, quote=False)


def titled(title: str, body: str) -> str:
    """Write a bold line and a text under it, at most as long as a message may be."""
    head = line(title)
    rest = plain(body, LONGEST_TEXT - units(head) - 1)
    return "\n".join(part for part in (f"<b>{escaped(head)}</b>" if head else "", escaped(rest)) if part)


def units(text: str) -> int:
    """Count as Telegram does."""
    return len(text) + sum(character > "\uffff" for character in text)


def shortened(text: str, most: int) -> str:
    """Cut a text to so many units, with a mark where it was cut, and never within what looks like one character."""
    if units(text) <= most:
        return text
    end = _fitting(text, most - 1)
    back = next((step for step in range(_FURTHEST_BACK) if step <= end and not _joined(text, end - step)), 0)
    return text[: end - back].rstrip() + CUT


def _fitting(text: str, most: int) -> int:
    """Give how many characters fit."""
    used = 0
    for index, character in enumerate(text):
        used += 1 + (character > "\uffff")
        if used > most:
            return index
    return len(text)


def _joined(text: str, at: int) -> bool:
    """Tell whether the characters on both sides of a place look like one."""
    if not 0 < at < len(text):
        return False
    after = text[at]
    if text[at - 1] == _JOINER or after == _JOINER or unicodedata.combining(after):
        return True
    if unicodedata.category(after) in {"Mn", "Me", "Mc"} or _within(after, _SKIN_TONES) or _within(after, _TAGS):
        return True
    return _within(after, _FLAGS) and _flags_before(text, at) % 2 == 1


def _flags_before(text: str, at: int) -> int:
    """Count the half flags in front of a place: two of them make one."""
    begin = at
    while begin and _within(text[begin - 1], _FLAGS):
        begin -= 1
    return at - begin


def _within(character: str, span: tuple[str, str]) -> bool:
    return span[0] <= character <= span[1]
