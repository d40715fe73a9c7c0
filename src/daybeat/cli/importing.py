"""`daybeat import csv`: a plain history into a running Daybeat. The same file twice changes nothing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from daybeat.cli.api import Api, signed_in
from daybeat.cli.csv_history import CountedDay, read_histories
from daybeat.cli.errors import CommandFailed
from daybeat.cli.show import progress_bar, put_json, talk

AT_ONCE = 500
As = Literal["yes-no", "amount"]

import_app = typer.Typer(name="import", help="Bring in a history from elsewhere.", no_args_is_help=True)


@dataclass(slots=True)
class Report:
    """What became of one habit's history."""

    habit: str
    new_habit: bool = False
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)

    def take(self, answer: dict[str, Any]) -> None:
        """Add the answer about a part."""
        self.added += answer["added"]
        self.changed += answer["changed"]
        self.unchanged += answer["unchanged"]
        self.refused += answer["refused"]

    def in_words(self, *, dry_run: bool) -> str:
        would = "would be " if dry_run else ""
        return (
            f"{self.habit}: {self.added} days {would}added, {self.changed} {would}changed, "
            f"{self.unchanged} the same, {len(self.refused)} refused"
        )


@import_app.callback()
def bring_in() -> None:
    """Bring in a history from elsewhere."""


@import_app.command("csv")
def import_csv(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A table with the columns date and count.")],
    kind: Annotated[As, typer.Option("--as", help="Count days, or add up amounts.")] = "yes-no",
    habit: Annotated[str | None, typer.Option(help="The habit, when no column names it.")] = None,
    habit_column: Annotated[str | None, typer.Option(help="The column that names the habit.")] = None,
    target: Annotated[float, typer.Option(help="A day's target, with --as amount.", min=0.000001)] = 1.0,
    unit: Annotated[str | None, typer.Option(help="What is counted, with --as amount.")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Give the report as data.")] = False,
) -> None:
    """Import a day-by-day history (`date,count`, optionally a column that names the habit, and `note`)."""
    found = read_histories(file, habit=habit, habit_column=habit_column)
    api = signed_in()
    wishes = {"target": target, "direction": "at_least", "unit": unit} if kind == "amount" else {}
    reports = [bring_in_habit(api, name, days, wishes, dry_run=dry_run) for name, days in found.by_habit.items()]
    if json:
        put_json({"dry_run": dry_run, "habits": [asdict(each) for each in reports], "problems": found.problems})
    for line in [*(each.in_words(dry_run=dry_run) for each in reports), *found.problems]:
        talk(line)
    if not reports:
        raise CommandFailed("Nothing could be read from this file.")


def bring_in_habit(
    api: Api, name: str, days: Sequence[CountedDay], wishes: dict[str, Any], *, dry_run: bool = False
) -> Report:
    """Bring in one habit's history, in parts that each stand for themselves; the habit is begun when it is new."""
    report = Report(name)
    habit = _habit_called(api, name)
    if habit is None and dry_run:
        report.new_habit, report.added = True, len(days)
        return report
    if habit is None:
        report.new_habit = True
        habit = api.ask("POST", "/habits", _new_habit(name, days[0], wishes))
    elif days[0].date.isoformat() < habit["start"] and not dry_run:
        api.ask("PATCH", f"/habits/{habit['id']}", {"start": days[0].date.isoformat()})
    numeric = habit["target"] is not None
    check_ins = [day.as_check_in(numeric=numeric) for day in days]
    with progress_bar() as progress:
        for first in progress.track(range(0, len(check_ins), AT_ONCE), description=name):
            part = {"check_ins": check_ins[first : first + AT_ONCE], "dry_run": dry_run}
            report.take(api.ask("POST", f"/habits/{habit['id']}/check-ins/import", part))
    return report


def _habit_called(api: Api, name: str) -> dict[str, Any] | None:
    habits = api.ask("GET", "/habits", archived="all")["items"]
    return next((each for each in habits if each["name"] == name), None)


def _new_habit(name: str, first: CountedDay, wishes: dict[str, Any]) -> dict[str, Any]:
    body = {"name": name, "schedule": {"kind": "daily"}, "start": first.date.isoformat(), **wishes}
    return {key: value for key, value in body.items() if value is not None}
