"""`daybeat insights`: what is likely to be missed next, and how good such forecasts are on histories never seen."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from daybeat.cli.api import signed_in
from daybeat.cli.show import put_json, talk

if TYPE_CHECKING:
    from daybeat.modules.insights.evaluating import Scores

LABELS = {"ours": "Daybeat", "last7": "last 7 days", "ewma": "moving average", "weekday": "weekday rate"}

insights_app = typer.Typer(name="insights", help="What the figures say, and what they are worth.", no_args_is_help=True)


@insights_app.callback()
def insights() -> None:
    """Look into what the figures say, and what they are worth."""


@insights_app.command()
def risks(*, json: Annotated[bool, typer.Option("--json", help="Give data instead of a table.")] = False) -> None:
    """Show how likely the next day, week or month of each habit is to be missed, and why."""
    found = signed_in().ask("GET", "/insights/risks")
    if json:
        put_json(found)
    elif found["items"]:
        _risk_table(found["items"])
    else:
        talk("There is no habit yet.")


@insights_app.command()
def evaluate(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="A table with the columns person, date and count.")
    ],
    *,
    json: Annotated[bool, typer.Option("--json", help="Give data instead of a table.")] = False,
) -> None:
    """Judge the forecasts of risk on a file of histories, beside simpler ones. Nothing is learned from the file.

    Each person is one daily habit, from their first day in the file to their last; days without a line are missed.
    """
    from daybeat.cli.person_histories import NotReadable, days_of_people
    from daybeat.modules.insights.evaluating import evaluate as judge

    people = days_of_people(file)
    scores = judge(people.values())
    if not scores:
        raise NotReadable("Nobody in this file has more than ten days, so there is nothing to judge yet.")
    if json:
        put_json({name: asdict(each) for name, each in scores.items()})
        return
    _show(scores)
    days = sum(len(lived) for lived in people.values())
    talk(f"People: {len(people)}, days: {days}. Each day was foreseen from those before; the first ten were only seen.")


def _risk_table(items: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("", "habit", "next", "chance of a miss", "why"):
        table.add_column(column)
    for each in items:
        when = each["day"] if each["unit"] == "day" else f"{each['unit']} from {each['day']}"
        table.add_row("!" * each["flagged"], each["name"], when, _chance(each), " ".join(each["reasons"]))
    Console(highlight=False).print(table)


def _chance(risk: dict[str, Any]) -> str:
    """Put a chance into words, or say how long it takes to have one."""
    if risk["miss"] is None:
        return f"too early, {risk['missing']} more {risk['unit']}{'s' * (risk['missing'] != 1)}"
    return f"{risk['miss']:.0%}"


def _show(scores: "Mapping[str, Scores]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("forecast")
    for column in ("AUC", "Brier", "ECE", "Brier beside last 7 days"):
        table.add_column(column, justify="right")
    measure = scores["last7"].brier
    for name, each in scores.items():
        beside = f"{(each.brier / measure - 1) * 100:+z.1f} %" if measure else "none"
        area = "none" if each.auc is None else f"{each.auc:.3f}"
        table.add_row(LABELS[name], area, f"{each.brier:.4f}", f"{each.ece:.4f}", beside if name != "last7" else "")
    Console(highlight=False).print(table)
