"""The two pages and their files: written by hand, served as they are, nothing comes from elsewhere."""

from importlib import resources
from pathlib import Path
from typing import Any

from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

FOLDER = Path(str(resources.files("daybeat.modules.wall"))) / "static"


class Files(StaticFiles):
    """Pictures, styles and scripts. Browsers keep them and ask each time whether they are still the same."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER / "files")

    async def get_response(self, path: str, scope: Any) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def page(name: str) -> HTMLResponse:
    """Give a page."""
    return HTMLResponse((FOLDER / name).read_text(), headers={"Cache-Control": "no-cache"})
