"""Serving the built page: hashed files for ever, the page itself always fresh, every unknown path is the page."""

from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

IMMUTABLE = "public, max-age=31536000, immutable"
FRESH = "no-cache"
NOT_FOUND = 404
ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""What the build puts beside each text, the smallest first."""


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

    def file_response(self, full_path: Any, stat_result: Any, scope: Any, status_code: int = 200) -> Response:
        """Answer with a file in the smallest way the browser reads."""
        encoding, ending = _encoding(full_path, Headers(scope=scope).get("accept-encoding", ""))
        if encoding:
            full_path = Path(f"{full_path}{ending}")
            stat_result = full_path.stat()
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Vary"] = "Accept-Encoding"
        if encoding:
            response.headers["Content-Encoding"] = encoding
        return response


def _encoding(path: Any, offered: str) -> tuple[str, str]:
    """Choose among what the build made and the browser offers to read; empty for the file as it is."""
    readable = {each.partition(";")[0] for each in offered.replace(" ", "").split(",") if not each.endswith("q=0")}
    for encoding, ending in ENCODINGS.items():
        if encoding in readable and Path(f"{path}{ending}").is_file():
            return encoding, ending
    return "", ""
