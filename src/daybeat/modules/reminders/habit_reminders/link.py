"""The door of links in messages: looking shows a small page, and only pressing a button does something.

Mail and chat programs fetch links to preview them, so GET and HEAD never act.
"""

import html
import re
from importlib import resources
from string import Template
from typing import Any, cast

from fastapi import APIRouter, Request
from sqlalchemy import Connection, Row
from starlette.responses import HTMLResponse

from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.kit.errors import DomainError, NotFound
from daybeat.modules.reminders.habit_reminders.door import Door, RemindersDoor
from daybeat.modules.reminders.habit_reminders.handlers import USUAL_SNOOZE, Deed
from daybeat.modules.reminders.habit_reminders.repository import ReminderRepository
from daybeat.modules.reminders.habit_reminders.words import came_of

router = APIRouter(include_in_schema=False)

PAGE = Template((resources.files("daybeat.modules.reminders") / "pages" / "reminder.html").read_text())
_FORM = re.compile(rb"do=(done|skip|snooze)")
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
GONE = ("This link does not work", "It may be incomplete, or the habit behind it is gone.")
CLOSE = "You can close this page."
CHOOSE = "Please choose one of the buttons."
REFUSED = "That was not possible"
BUTTONS = {"done": "Done", "skip": "Skip this day", "snooze": f"Later (in {USUAL_SNOOZE} minutes)"}


@router.api_route("/r/{token}", methods=["GET", "HEAD"])
async def show_reminder(token: str, request: Request, door: Door) -> HTMLResponse:
    """Show the reminder behind a link."""
    return await _store(request).read(lambda connection: _reminder_page(connection, token, door))


@router.post("/r/{token}")
async def act_by_link(token: str, request: Request, door: Door) -> HTMLResponse:
    """Do what whoever holds the link asks for."""
    match = _FORM.fullmatch(await request.body())
    if match is None:
        return await _store(request).read(lambda connection: _reminder_page(connection, token, door, CHOOSE, 422))
    what = cast("Deed", match[1].decode())
    origin = Origin(source="link", correlation_id=request.state.correlation_id)
    try:
        return await _store(request).write(lambda uow: _act(uow, token, door, what), origin)
    except NotFound:
        return _page(*GONE, status=404)
    except DomainError as refusal:
        return _page(REFUSED, refusal.detail, status=409)


def _act(uow: UnitOfWork, token: str, door: RemindersDoor, what: Deed) -> HTMLResponse:
    reminder = _told(uow.connection, token, door)
    if reminder is None:
        raise NotFound
    uow.in_turn_of(reminder.user_id)
    outcome = door.act(uow, reminder.user_id, reminder.id, what)
    return _page(outcome.habit.title, f"{came_of(what, outcome)} {CLOSE}")


def _reminder_page(
    connection: Connection, token: str, door: RemindersDoor, text: str | None = None, status: int = 200
) -> HTMLResponse:
    reminder = _told(connection, token, door)
    habit = None if reminder is None else door.habits.reminded(connection, reminder.habit_id)
    if reminder is None or habit is None:
        return _page(*GONE, status=404)
    if reminder.acted in {"done", "skip"}:
        return _page(habit.title, f"You have taken care of this already. {CLOSE}")
    asked = habit.question or f"For {reminder.date:%A, %d %B}."
    return _page(habit.title, text or asked, content=_form(), status=status)


def _told(connection: Connection, token: str, door: RemindersDoor) -> Row[Any] | None:
    reminder_id = door.links.read(token)
    reminder = None if reminder_id is None else ReminderRepository(connection).find(reminder_id)
    return reminder if reminder is not None and reminder.state == "told" else None


def _form() -> str:
    buttons = (f'<button name="do" value="{deed}">{html.escape(words)}</button>' for deed, words in BUTTONS.items())
    return f'<form method="post">{"".join(buttons)}</form>'


def _page(title: str, text: str, content: str = "", *, status: int = 200) -> HTMLResponse:
    said = {"title": html.escape(title), "text": html.escape(text)}
    return HTMLResponse(PAGE.substitute(said, content=content), status, headers=HEADERS)


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store
