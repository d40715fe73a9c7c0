"""Reading JSON from strangers: real JSON, shallow, and nothing said twice."""

import json
from typing import Any

from pydantic_core import from_json

DEEPEST = 32


class NotJson(ValueError):
    """What arrived cannot be read as JSON; the message says why without repeating it."""


def read_json(body: bytes) -> Any:
    """Parse a body. No NaN, no lone surrogates, no bottomless nesting; empty means null."""
    if not body:
        return None
    try:
        value = from_json(body, allow_inf_nan=False)
        # Which of two equal names counts is up to the reader, so a body that says a thing twice is refused.
        json.loads(body, object_pairs_hook=_each_name_once)
    except (ValueError, RecursionError):
        raise NotJson("The body is not valid JSON.") from None
    if deeper_than(value, DEEPEST):
        raise NotJson(f"The body is nested deeper than {DEEPEST} levels.")
    return value


def _each_name_once(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name stands twice")


def deeper_than(value: Any, levels: int) -> bool:
    """Tell whether objects and lists are nested in each other more often than that."""
    nested: Any = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return bool(nested) and (levels == 0 or any(deeper_than(each, levels - 1) for each in nested))
