"""The client: login, today, checkin, undo, tail. Moods, goals and reports stand beside it."""

import re
import socket
import sys
from datetime import date, datetime, timedelta
from typing import Annotated, Any

import typer

from daybeat.cli.api import Api, signed_in
from daybeat.cli.choosing import choose
from daybeat.cli.device import device_for_here
from daybeat.cli.errors import CommandFailed, Unreachable
from daybeat.cli.goals import TAKES_AWAY, goal
from daybeat.cli.moods import listen, mood
from daybeat.cli.outbox import send_or_keep, send_waiting
from daybeat.cli.places import config_file, read_json, server_url, state_file, write_private
from daybeat.cli.report import report
from daybeat.cli.show import put_json, put_line, sign, talk, today_table
from daybeat.cli.when import day_meant
from daybeat.kit.ids import new_id

Json = Annotated[bool, typer.Option("--json", help="Give data instead of a table.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing when all went well.")]
_AMOUNT = re.compile(r"[+=](\d+(?:\.\d+)?)")


def login(
    url: Annotated[str | None, typer.Argument(help="Where Daybeat runs, like http://127.0.0.1:8000")] = None,
    email: Annotated[str | None, typer.Option(help="E-mail address of the account.")] = None,
    *,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from a pipe.")] = False,
) -> None:
    """Sign in and keep a token for this terminal."""
    where = (url or server_url()).rstrip("/")
    who = email or typer.prompt("E-mail", err=True)
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _ask_password()
    granted = Api(where, None).ask("POST", "/auth/login", {"email": who, "password": password})
    session = Api(where, granted["access_token"])
    name = f"Terminal on {socket.gethostname()}"[:100]
    made = session.ask(
        "POST", "/auth/tokens", {"name": name, "scopes": ["read", "write", "events:read", "events:write"]}
    )
    device = device_for_here(session, granted["user"]["id"])
    session.ask("POST", "/auth/logout", {"refresh_token": granted["refresh_token"]})
    write_private(config_file(), {"url": where, "token": made["token"], "device": device})
    _known_habits(Api(where, made["token"]))
    talk(f"Signed in as {granted['user']['name']} at {where}.")


def today(*, json: Json = False) -> None:
    """Show what is due today."""
    api = signed_in()
    _deliver(api)
    due = api.ask("GET", "/today")
    if json:
        put_json(due)
    elif due["items"]:
        today_table(due)
    else:
        talk("Nothing is due today.")


def checkin(
    habit: Annotated[str, typer.Argument(help="The habit, or a part of its name.")],
    amount: Annotated[str | None, typer.Argument(help="+5 adds to the day, =5 sets it.")] = None,
    *,
    skip: Annotated[bool, typer.Option("--skip", help="Skip the day; the run continues.")] = False,
    no: Annotated[bool, typer.Option("--no", help="Say that it was not done, or that you slipped.")] = False,
    on: Annotated[str | None, typer.Option(help="yesterday, -3, or a date like 2026-03-02.")] = None,
    note: Annotated[str | None, typer.Option(help="A few words about it.")] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check a habit in."""
    if skip and no:
        raise typer.BadParameter("--skip and --no exclude each other")
    api = signed_in()
    habits = _known_habits(api)
    chosen = choose(habits, habit)
    adds = on is None and not (skip or no) and not (amount or "").startswith("=")
    day = None if adds else day_meant(on, _habit_day(api))
    request = _request(chosen, amount, state="skip" if skip else "no" if no else "done", day=day, note=note)
    key = str(new_id())
    write_private(state_file("last.json"), {"url": api.url, **request["undo"]})
    result = send_or_keep(api, request["method"], request["path"], request["body"], key)
    if json:
        put_json(result)
    elif not quiet:
        put_line(f"{chosen['name']}: {sign({**chosen, **result['day']})} · {result['stats']['streak']} in a row")


def undo() -> None:
    """Take back the last check-in, mood or entry of this terminal."""
    last = read_json(state_file("last.json"))
    if not last:
        raise CommandFailed("There is nothing to undo.")
    api = signed_in()
    if last["url"] != api.url:
        raise CommandFailed(f"The last check-in was made at {last['url']}.")
    result = send_or_keep(api, "DELETE", last["path"], None, str(new_id()))
    state_file("last.json").unlink()
    put_line(f"Undone. {result['stats']['streak']} in a row." if result else "Undone.")


def tail(
    *,
    since: Annotated[int | None, typer.Option(help="Begin after this number.")] = None,
    activity: Annotated[bool, typer.Option("--activity", help="Activity events instead of facts.")] = False,
    json: Json = False,
) -> None:
    """Follow everything that happens, as it happens."""
    from daybeat.cli.tail import follow

    follow(signed_in(), since=since, as_json=json, activity=activity)


def add_to(app: typer.Typer) -> None:
    for command in (login, today, checkin, mood, undo, report, listen, tail):
        app.command()(command)
    app.command(context_settings=TAKES_AWAY)(goal)


def _ask_password() -> str:
    return str(typer.prompt("Password", hide_input=True, err=True))


def _known_habits(api: Api) -> list[dict[str, Any]]:
    """Ask for the habits; offline, remember those of the last time."""
    path = state_file("habits.json")
    try:
        habits: list[dict[str, Any]] = api.ask("GET", "/habits")["items"]
    except Unreachable:
        remembered = read_json(path)
        if remembered.get("url") != api.url:
            raise
        known: list[dict[str, Any]] = remembered["habits"]
        return known
    write_private(path, {"url": api.url, "habits": habits})
    return habits


def _habit_day(api: Api) -> date:
    """Ask which day it is for the user; offline, take three in the morning as the turn of the day."""
    try:
        return date.fromisoformat(api.ask("GET", "/today")["today"])
    except Unreachable:
        return (datetime.now().astimezone() - timedelta(hours=3)).date()


def _request(habit: dict[str, Any], amount: str | None, *, state: str, day: date | None, note: str | None) -> Any:
    """Turn the words of the command into a request, and into the one that takes it back. No day means now."""
    value = _amount(amount)
    if day is None:
        check_in_id = str(new_id())
        body = {"id": check_in_id, "amount": value, "note": note}
        return {
            "method": "POST",
            "path": f"/habits/{habit['id']}/check-ins",
            "body": body,
            "undo": {"path": f"/check-ins/{check_in_id}"},
        }
    path = f"/habits/{habit['id']}/check-ins/{day}"
    body = {"state": state, "amount": value, **({"note": note} if note else {})}
    return {"method": "PUT", "path": path, "body": body, "undo": {"path": path}}


def _amount(text: str | None) -> float | None:
    if text is None:
        return None
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise typer.BadParameter("an amount looks like +5 (add) or =5 (set)")
    return float(match[1])


def _deliver(api: Api) -> None:
    for line in send_waiting(api):
        talk(f"Not accepted, so it was dropped: {line}")
