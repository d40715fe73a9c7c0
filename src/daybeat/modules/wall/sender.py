"""The sender: two pictures, and what a click on one puts into the queue. It holds nothing that could read."""

from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import parse_qs

from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRouter
from pydantic import BaseModel
from starlette.responses import HTMLResponse, RedirectResponse

from daybeat.infra.queues.port import Outlet
from daybeat.infra.web.bodies import BodyLimit, StrictRoute
from daybeat.infra.web.fields import Body
from daybeat.infra.web.limits import RateLimits
from daybeat.infra.web.origins import is_own_page
from daybeat.infra.web.problems import answer_with_problems
from daybeat.kit.clock import Clock
from daybeat.kit.errors import DomainError, Kind
from daybeat.modules.wall.domain import messages
from daybeat.modules.wall.pages import Files, page

AN_ADDRESS = "20/second"  # a kiosk is one address with many hands
LARGEST_BODY = 256

router = APIRouter(route_class=StrictRoute)


class ForeignPage(DomainError):
    """Moods are sent from the sender's own page, or by programs."""

    kind = Kind.FORBIDDEN


class NoSuchMood(DomainError):
    """A mood is good or bad."""


@dataclass(frozen=True, slots=True)
class SenderDoor:
    """What the composition root hands to the sender: a way in, a clock, and how much is too much."""

    outlet: Outlet
    clock: Clock
    limits: RateLimits
    origins: tuple[str, ...]


class MoodIn(Body):
    """What a click says."""

    type: Literal["good", "bad"]


class Accepted(BaseModel):
    """The mood is in the queue for good."""

    status: Literal["accepted"] = "accepted"


def sender_app(door: SenderDoor) -> FastAPI:
    """Build the sender, to be mounted or to be served alone."""
    app = FastAPI(title="Mood sender", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.door = door
    answer_with_problems(app)
    app.include_router(router)
    app.mount("/files", Files())
    app.add_middleware(BodyLimit, larger={"/send": LARGEST_BODY, "/": LARGEST_BODY})
    return app


async def _allowed(request: Request) -> SenderDoor:
    """Let pass who may speak, as long as it is not too often."""
    door: SenderDoor = request.app.state.door
    if not is_own_page(request, door.origins):
        raise ForeignPage
    await door.limits.count(AN_ADDRESS, "wall.send", request.client.host if request.client else "unknown")
    return door


Allowed = Annotated[SenderDoor, Depends(_allowed)]


@router.get("/")
async def show_page() -> HTMLResponse:
    """Show the two pictures."""
    return page("sender.html")


@router.post("/send", status_code=202)
async def send(body: MoodIn, door: Allowed) -> Accepted:
    """Take one mood; the answer comes when it cannot get lost any more."""
    await _put(door, messages.Kind(body.type))
    return Accepted()


@router.post("/", status_code=303)
async def send_without_script(request: Request, door: Allowed) -> RedirectResponse:
    """Take one mood from a page whose scripts do not run, and show the page again."""
    said = parse_qs((await request.body()).decode("ascii", "replace")).get("type", [])
    if said not in ([kind.value] for kind in messages.Kind):
        raise NoSuchMood
    await _put(door, messages.Kind(said[0]))
    return RedirectResponse("./#sent", 303)


async def _put(door: SenderDoor, kind: messages.Kind) -> None:
    await door.outlet.put(messages.write_message(messages.Message(kind, door.clock.now())))
