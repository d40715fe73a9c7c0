"""Hatchling hook: the wheel carries the built page. Builds it with npm only when it is not there yet."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildPage(BuildHookInterface[Any]):  # type: ignore[misc]
    """Make sure `src/daybeat/page` exists before a wheel is packed; an editable install needs nothing."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        del build_data
        root = Path(self.root)
        if version == "editable" or (root / "src/daybeat/page/index.html").exists():
            return
        npm = shutil.which("npm")
        if npm is None:
            message = "the page is not built and npm is not installed: run `make setup`, then build again"
            raise RuntimeError(message)
        for command in (["ci"], ["run", "build"]):
            subprocess.run([npm, *command], cwd=root / "web", check=True)  # noqa: S603
