"""The wall: what the moods come to, on a page that follows by itself. It takes no commands."""

import io
import re
from dataclasses import dataclass
from functools import lru_cache

import segno
from fastapi import FastAPI, Request
from fastapi.routing import APIRouter
from starlette.responses import HTMLResponse, JSONResponse, Response

from daybeat.infra.web.problems import answer_with_problems
from daybeat.modules.wall.board import Board
from daybeat.modules.wall.pages import Files, page
from daybeat.modules.wall.schemas import WallStats

router = APIRouter()

_HOST = re.compile(r"[A-Za-z0-9.\-:\[\]]{1,253}")


@dataclass(frozen=True, slots=True)
class WallDoor:
    """What the composition root hands to the wall.

    `sender` is the sender's path beside us, its port on the same host (`:5001/`), or its whole address. `address` is
    where people reach us; None: wherever they opened the wall.
    """

    board: Board
    sender: str
    address: str | None
    fallback: str


def wall_app(door: WallDoor) -> FastAPI:
    """Build the wall, to be mounted or to be served alone."""
    app = FastAPI(title="Mood wall", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.door = door
    answer_with_problems(app)
    app.include_router(router)
    app.router.add_route("/live", door.board.streams)  # type: ignore[arg-type]  # any ASGI application will do
    app.mount("/files", Files())
    return app


@router.get("/")
async def show_page() -> HTMLResponse:
    """Show the wall."""
    return page("wall.html")


@router.get("/stats")
async def show_stats(request: Request, response: Response) -> WallStats:
    """Give what the wall shows."""
    response.headers["Cache-Control"] = "no-store"
    door: WallDoor = request.app.state.door
    return await door.board.stats()


@router.get("/sender")
async def show_sender(request: Request) -> JSONResponse:
    """Say where the sender is."""
    return JSONResponse({"url": sender_url(request)}, headers={"Cache-Control": "no-cache"})


@router.get("/sender.svg")
async def show_code(request: Request) -> Response:
    """Draw the sender's address for the camera of a phone."""
    return Response(_code(sender_url(request)), media_type="image/svg+xml", headers={"Cache-Control": "no-cache"})


def sender_url(request: Request) -> str:
    """Give the sender's whole address, as somebody else's phone needs it."""
    door: WallDoor = request.app.state.door
    if "://" in door.sender:
        return door.sender
    host = request.headers.get("host", "")
    if door.sender.startswith(":"):
        host = host.rpartition(":")[0] if re.search(r":\d+$", host) else host
    here = f"{request.url.scheme}://{host}" if _HOST.fullmatch(host) else door.fallback
    return (door.address or here) + door.sender


@lru_cache(maxsize=8)
def _code(url: str) -> bytes:
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        drawn, kind="svg", border=2, light="#fff", omitsize=True, svgclass=None
    )
    return drawn.getvalue()
