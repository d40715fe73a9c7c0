"""Serving the built page: hashed files for ever, the page itself always fresh, every unknown path is the page."""

from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

IMMUTABLE = "public, max-age=31536000, immutable"
FRESH = "no-cache"
NOT_FOUND = 404


class PageFiles(StaticFiles):
    """The single-page application: its router decides what an unknown path means."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True)

    async def get_response(self, path: str, scope: Any) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            is_file = "." in path.rsplit("/", 1)[-1]
            if error.status_code != NOT_FOUND or is_file or path.startswith("api/"):
                raise
            response = await super().get_response("index.html", scope)
        response.headers["Cache-Control"] = IMMUTABLE if path.startswith("assets/") else FRESH
        return response
