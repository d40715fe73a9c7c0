"""Finding the habit or goal somebody means by a part of its name."""

import difflib
import sys
from collections.abc import Sequence
from typing import Any

import click
import typer

from daybeat.cli.errors import CommandFailed

CLOSE_ENOUGH = 0.6


def choose(habits: Sequence[dict[str, Any]], wanted: str, *, kind: str = "habit") -> dict[str, Any]:
    """Find the one that fits; ask when several do and somebody is there to ask."""
    found = _fitting(habits, wanted.casefold())
    if len(found) == 1:
        return found[0]
    if not found:
        raise CommandFailed(f"No {kind} is called {wanted!r}. Yours are: {_names(habits)}.")
    if not sys.stdin.isatty():
        raise CommandFailed(f"{wanted!r} could be several {kind}s: {_names(found)}.")
    for index, habit in enumerate(found, 1):
        typer.echo(f"{index}  {habit['name']}", err=True)
    picked: int = typer.prompt("Which one", type=click.IntRange(1, len(found)), err=True)
    return found[picked - 1]


def _fitting(habits: Sequence[dict[str, Any]], wanted: str) -> list[dict[str, Any]]:
    names = {habit["name"].casefold(): habit for habit in habits}
    if wanted in names:
        return [names[wanted]]
    for fits in (str.startswith, str.__contains__):
        found = [habit for name, habit in names.items() if fits(name, wanted)]
        if found:
            return found
    close = difflib.get_close_matches(wanted, names, n=3, cutoff=CLOSE_ENOUGH)
    return [names[name] for name in close]


def _names(habits: Sequence[dict[str, Any]]) -> str:
    return ", ".join(habit["name"] for habit in habits) or "none yet"
