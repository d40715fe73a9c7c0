"""Goals in the terminal: how far they are, and adding by hand."""

import re
from datetime import date
from typing import Annotated, Any

import typer

from daybeat.cli.api import Api, signed_in
from daybeat.cli.choosing import choose
from daybeat.cli.outbox import send_or_keep
from daybeat.cli.places import state_file, write_private
from daybeat.cli.show import goal_table, put_json, talk
from daybeat.cli.when import day_meant
from daybeat.kit.ids import new_id

_AMOUNT = re.compile(r"[+-]\d+(?:\.\d+)?")
TAKES_AWAY = {"ignore_unknown_options": True}
"""So that -5 is an amount and no option."""


def goal(
    name: Annotated[str | None, typer.Argument(help="The goal, or a part of its name; none shows all.")] = None,
    amount: Annotated[str | None, typer.Argument(help="+5 adds by hand, -5 takes away.")] = None,
    *,
    on: Annotated[str | None, typer.Option(help="yesterday, -3, or a date like 2026-03-02.")] = None,
    note: Annotated[str | None, typer.Option("--note", "-m", help="A few words about it.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Give data instead of a table.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing when all went well.")] = False,
) -> None:
    """Show goals, or add to one by hand."""
    api = signed_in()
    goals = api.ask("GET", "/goals")["items"]
    shown = goals if name is None else [choose(goals, name, kind="goal")]
    if amount is not None:
        shown = [_added(api, shown[0], amount, on, note)]
    if json:
        put_json(shown)
    elif quiet and amount is not None:
        return
    elif shown:
        goal_table(shown)
    else:
        talk("There is no goal yet.")


def _added(api: Api, chosen: dict[str, Any], amount: str, on: str | None, note: str | None) -> dict[str, Any]:
    """Add an amount and give the goal as it then stands."""
    if _AMOUNT.fullmatch(amount) is None:
        raise typer.BadParameter("an amount looks like +5 or -5")
    entry_id = str(new_id())
    day = None if on is None else str(day_meant(on, date.fromisoformat(api.ask("GET", "/today")["today"])))
    path = f"/goals/{chosen['id']}/entries"
    write_private(state_file("last.json"), {"url": api.url, "path": f"{path}/{entry_id}"})
    body = {"id": entry_id, "amount": float(amount), "date": day, "note": note}
    send_or_keep(api, "POST", path, body, str(new_id()))
    shown: dict[str, Any] = api.ask("GET", f"/goals/{chosen['id']}")
    return shown
