"""How the terminal shows things: data on standard output, talk on standard error, colour only where it is seen."""

import json
import sys
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

SIGNS = {
    "done": "✓ done",
    "open": "· open",
    "skipped": "/ skipped",
    "partial": "◐ partial",
    "over": "! over",
    "missed": "· missed",
    "no": "✗ no",
    "slip": "✗ slip",
    "kept": "✓ kept",
    "paused": "/ paused",
}


def talk(text: str) -> None:
    """Say something to the person, not to the pipe."""
    Console(stderr=True, highlight=False).print(text, soft_wrap=True, markup=False)


def progress_bar() -> Progress:
    """Show progress to a person; a pipe sees nothing of it."""
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def put_json(value: Any) -> None:
    """Give data to the pipe."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def put_line(text: str) -> None:
    """Give one line to the pipe, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def today_table(today: dict[str, Any]) -> None:
    """Show what is due."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("", "habit", "streak", "strength"):
        table.add_column(column)
    for item in today["items"]:
        stats = item["stats"]
        table.add_row(
            sign(item),
            item["name"],
            f"{stats['streak']} {stats['unit']}{'s' * (stats['streak'] != 1)}",
            f"{round(stats['strength'] * 100)} %",
        )
    Console(highlight=False).print(table)


def goal_table(goals: list[dict[str, Any]]) -> None:
    """Show how far goals are, and when they will be reached."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("goal", "progress", "a day", "reached"):
        table.add_column(column)
    for goal in goals:
        so_far = f"{number(goal['progress'])}/{number(goal['target'])} {goal['unit'] or ''}".rstrip()
        table.add_row(goal["name"], so_far, f"{goal['pace']:.2f}", _when_reached(goal))
    Console(highlight=False).print(table)


def _when_reached(goal: dict[str, Any]) -> str:
    """Put the forecast into words: the range of days, and whether the deadline will be kept."""
    forecast = goal["forecast"]
    if goal["state"] != "active":
        return f"{goal['state']} {goal['reached_on'] or goal['ended_on']}"
    days = (
        f"{forecast['earliest']} to {forecast['latest'] or 'later than anybody sees'}" if forecast["earliest"] else ""
    )
    return ", ".join(filter(None, (days, forecast["verdict"])))


def sign(item: dict[str, Any]) -> str:
    """Put the state of a day into a sign and a word, with the amount where there is one."""
    word: str = SIGNS.get(item["state"], item["state"])
    if item.get("target") and item.get("amount") is not None:
        return f"{word} {number(item['amount'])}/{number(item['target'])}"
    return word


def number(value: float) -> str:
    """Write a number without a needless fraction."""
    return f"{value:g}"
