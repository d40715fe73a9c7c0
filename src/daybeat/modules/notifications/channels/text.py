"""Text as a channel can carry it: without signs that do harm, and shortened where a reader sees no broken letter."""

import json
import re
import unicodedata

ELLIPSIS = "…"
_FURTHEST_BACK = 64
_JOINER = "\u200d"
_TONES, _TAGS, _FLAGS = range(0x1F3FB, 0x1F400), range(0xE0020, 0xE0080), range(0x1F1E6, 0x1F200)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufff9-\ufffb]")
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""They turn the direction of everything that follows, up to the sender's own words around a title."""
_LINE_ENDS = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
_BROKEN = re.compile(r"[\ud800-\udfff]")


def plain(text: str) -> str:
    """Take out what is no text: control signs, turned directions, halves of letters. Lines end with a line feed."""
    text = _BROKEN.sub("\ufffd", _LINE_ENDS.sub("\n", text))
    return _TURNS.sub("", _CONTROLS.sub("", text))


def one_line(text: str) -> str:
    """Take out the same, and write it on one line."""
    return " ".join(plain(text).split())


def shortened(text: str, most_bytes: int) -> str:
    """Cut a text that has more bytes in UTF-8. It then ends with an ellipsis, never within what reads as one sign."""
    raw = text.encode()
    if len(raw) <= most_bytes:
        return text
    room = max(most_bytes - len(ELLIPSIS.encode()), 0)
    end = len(raw[:room].decode(errors="ignore"))
    return text[: _whole(text, end)].rstrip() + ELLIPSIS


def fitting(text: str, most_bytes: int) -> str:
    """Shorten a text so that it fits between the quotes of JSON in UTF-8, where some signs need more room."""
    most = most_bytes
    fit = shortened(text, most)
    while (over := json_bytes(fit) - most_bytes) > 0 and most > 0:
        most -= max(over // 2, 1)
        fit = shortened(text, most)
    return fit


def json_bytes(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2


def _whole(text: str, end: int) -> int:
    """Go back to where a sign begins. Towers of accents have no such place near, and are cut where they stand."""
    back = end
    while back > 0 and end - back < _FURTHEST_BACK:
        if not _belongs_together(text, back):
            return back
        back -= 1
    return 0 if back == 0 else end


def _belongs_together(text: str, at: int) -> bool:
    """Tell whether the letters before and after a place are read as one sign."""
    before, after = text[at - 1], text[at]
    if _JOINER in {before, after} or _extends(after):
        return True
    if _is_flag_half(before) and _is_flag_half(after):
        halves = len(text[:at]) - len(text[:at].rstrip("".join(map(chr, _FLAGS))))
        return halves % 2 == 1
    return "\u1100" <= before <= "\u11ff" and "\u1160" <= after <= "\u11ff"


def _extends(sign: str) -> bool:
    """Tell whether a sign changes the one before: accents, a style, a skin tone, the tags of a flag."""
    return unicodedata.category(sign) in {"Mn", "Me", "Mc"} or ord(sign) in _TONES or ord(sign) in _TAGS


def _is_flag_half(sign: str) -> bool:
    return ord(sign) in _FLAGS
