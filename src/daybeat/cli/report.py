"""`daybeat report`: a week or month in the terminal."""

from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from daybeat.cli.api import Api, signed_in
from daybeat.cli.show import number, put_json, talk
from daybeat.cli.when import day_meant

SIGNS = {
    "done": "✓",
    "kept": "✓",
    "missed": "✗",
    "no": "✗",
    "slip": "✗",
    "over": "!",
    "partial": "◐",
    "skipped": "/",
    "paused": "/",
    "open": "·",
}
"""One sign a day; days that asked for nothing stay empty."""


def report(
    *,
    monthly: Annotated[bool, typer.Option("--monthly", help="A month instead of a week.")] = False,
    day: Annotated[
        str | None, typer.Option(help="Any day of it: yesterday, -10, or a date like 2026-03-02. None: the last one.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Give data instead of a table.")] = False,
) -> None:
    """Show what a week or month came to; the last one that is over unless a day says which."""
    api = signed_in()
    kind = "monthly" if monthly else "weekly"
    told = api.ask("GET", f"/reports/{kind}", **_chosen(api, day))
    if json:
        put_json(told)
    else:
        _show(told)


def _chosen(api: Api, day: str | None) -> dict[str, str]:
    if day is None:
        return {}
    return {"day": str(day_meant(day, date.fromisoformat(api.ask("GET", "/today")["today"])))}


def _show(told: dict[str, Any]) -> None:
    console = Console(highlight=False)
    console.print(f"{told['first']} to {told['last']}", markup=False)
    for sentence in told["sentences"]:
        console.print(sentence, markup=False)
    if told["habits"]:
        console.print(_habits(told["habits"]))
    if told["goals"]:
        console.print(_goals(told["goals"]))
    if told["advice"]:
        talk(told["advice"])


def _habits(habits: list[dict[str, Any]]) -> Table:
    table = _table("habit", "met", "strength", "days")
    for habit in habits:
        met = f"{habit['successes']}/{habit['due']} {habit['unit']}{'s' * (habit['due'] != 1)}"
        strength = "" if habit["strength"] is None else f"{round(habit['strength'] * 100)} %"
        table.add_row(habit["name"], met, strength, "".join(SIGNS.get(word, " ") for word in habit["days"]))
    return table


def _goals(goals: list[dict[str, Any]]) -> Table:
    table = _table("goal", "added", "progress", "")
    for goal in goals:
        so_far = f"{number(goal['progress'])}/{number(goal['target'])} {goal['unit'] or ''}".rstrip()
        table.add_row(goal["name"], number(goal["added"]), so_far, goal["verdict"] or "")
    return table


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column)
    return table
