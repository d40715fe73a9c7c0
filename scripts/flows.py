"""Prints docs/flows.md: each event with who publishes it and who hears it, read from the code itself."""

import ast
import sys
from collections import defaultdict
from dataclasses import fields
from pathlib import Path

from daybeat.bootstrap.readers import SUBSCRIBERS
from daybeat.contracts.event import Event, all_events

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "flows.md"
INTRO = """# Who says what, and who hears it

Made by `make docs` from the code; a test keeps it true. Every event is a row of the event log first. Besides the
subscribers named here, `live` hands each event to the open browsers and terminals of its user.
"""


def main() -> None:
    """Write the page, or with `--print` only show it."""
    text = flows()
    if "--print" in sys.argv:
        print(text, end="")
    else:
        TARGET.write_text(text)


def flows() -> str:
    """Make the page."""
    publishers = _publishers()
    return "\n".join([INTRO, *(_section(event, publishers[event.__name__]) for event in all_events())])


def _section(event: type[Event], published_in: list[str]) -> str:
    heard = [
        f"`{subscriber.name}` ({subscriber.handlers[event].__name__})"
        for subscriber in SUBSCRIBERS
        if event in subscriber.handlers
    ]
    names = [field.name for field in fields(event) if field.name != "user_id"]
    lines = [
        f"## {event.name}",
        "",
        (event.__doc__ or "").strip(),
        "",
        f"* says: {', '.join(names) or 'only whom it is about'}",
        f"* published by: {', '.join(f'`{place}`' for place in published_in)}",
        f"* heard by: {', '.join(heard) or 'nobody else yet'}",
        "",
    ]
    return "\n".join(lines)


def _publishers() -> dict[str, list[str]]:
    """Find in which functions each event class is made."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "src/daybeat/modules").rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef):
                for name in _made_in(function):
                    found[name].append(f"{path.relative_to(ROOT / 'src/daybeat').as_posix()}: {function.name}")
    return found


def _made_in(function: ast.FunctionDef) -> list[str]:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return sorted({call.id for call in calls if isinstance(call, ast.Name)})


if __name__ == "__main__":
    main()
