"""The door of one-time links: looking shows a page with five faces, and only pressing one answers.

Mail and chat programs fetch links to preview them, so GET and HEAD never answer anything. A link is used up by its
answer, and the same prompt answered elsewhere uses it up too.
"""

import html
import re
from importlib import resources
from string import Template
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from daybeat.infra.db.store import Store
from daybeat.infra.db.unit_of_work import Origin, UnitOfWork
from daybeat.modules.moods.domain.words import LOWEST
from daybeat.modules.moods.door import Door, MoodsDoor
from daybeat.modules.moods.errors import AlreadyAnswered
from daybeat.modules.moods.faces import drawn_face
from daybeat.modules.moods.ports import Asked
from daybeat.modules.moods.repository import MoodRepository
from daybeat.modules.moods.schemas import MoodIn

router = APIRouter(include_in_schema=False)

PAGE = Template((resources.files("daybeat.modules.moods") / "pages" / "reply.html").read_text())
_FORM = re.compile(rb"score=([1-5])")
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
GONE = ("This link does not work", "It may be incomplete, or the question behind it is gone.")
ANSWERED = ("Answered", "This question has its answer already. Thank you.")
THANKS = ("Thank you", "Your mood is saved. You can close this page.")
QUESTION = ("How are you feeling?", "One tap is enough.")
CHOOSE = ("How are you feeling?", "Please choose one of the five faces.")


@router.api_route("/t/{token}", methods=["GET", "HEAD"])
async def show_question(token: str, request: Request, door: Door) -> HTMLResponse:
    """Show the question behind a link."""
    return await _store(request).read(lambda connection: _question_page(connection, token, door))


@router.post("/t/{token}")
async def answer_by_link(token: str, request: Request, door: Door) -> HTMLResponse:
    """Take the answer of whoever holds the link."""
    score = _score(await request.body())
    if score is None:
        return await _store(request).read(lambda connection: _question_page(connection, token, door, CHOOSE, 422))
    origin = Origin(source="link", correlation_id=request.state.correlation_id)
    try:
        return await _store(request).write(lambda uow: _answer(uow, token, door, score), origin)
    except AlreadyAnswered:
        return _page(*ANSWERED, status=409)


def _answer(uow: UnitOfWork, token: str, door: MoodsDoor, score: int) -> HTMLResponse:
    asked = _asked(uow.connection, token, door)
    if asked is None:
        return _page(*GONE, status=404)
    uow.in_turn_of(asked.user_id)
    calendar = door.calendar_of(uow.connection, asked.user_id)
    door.record(MoodIn(score=score, prompt_id=asked.id), asked.user_id, calendar, uow)
    return _page(*THANKS)


def _question_page(
    connection: Connection, token: str, door: MoodsDoor, words: tuple[str, str] = QUESTION, status: int = 200
) -> HTMLResponse:
    asked = _asked(connection, token, door)
    if asked is None:
        return _page(*GONE, status=404)
    if asked.is_answered:
        return _page(*ANSWERED)
    return _page(*words, content=_faces(connection, asked.user_id), status=status)


def _asked(connection: Connection, token: str, door: MoodsDoor) -> Asked | None:
    prompt_id = door.links.read(token)
    return None if prompt_id is None else door.prompts.find(connection, prompt_id)


def _faces(connection: Connection, user_id: UUID) -> str:
    faces = MoodRepository(connection).settings(user_id)["faces"]
    return f'<form method="post">{"".join(_button(score, face) for score, face in enumerate(faces, LOWEST))}</form>'


def _button(score: int, face: dict[str, Any]) -> str:
    shown = f'<span class="emoji" aria-hidden="true">{html.escape(face["face"])}</span>' if face["face"] else None
    label = html.escape(face["label"])
    return f'<button name="score" value="{score}">{shown or drawn_face(score)}<span>{label}</span></button>'


def _page(title: str, text: str, content: str = "", *, status: int = 200) -> HTMLResponse:
    return HTMLResponse(PAGE.substitute(title=title, text=text, content=content), status, headers=HEADERS)


def _score(body: bytes) -> int | None:
    """Read the form; anything else is no answer."""
    match = _FORM.fullmatch(body)
    return int(match[1]) if match else None


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store
