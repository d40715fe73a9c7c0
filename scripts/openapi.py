"""Writes web/openapi.json: the document from which the page's types are made."""

import json
import tempfile
from pathlib import Path

from daybeat.bootstrap.app import build_app
from daybeat.bootstrap.core import open_core
from daybeat.bootstrap.settings import Settings

TARGET = Path(__file__).resolve().parent.parent / "web" / "openapi.json"


def document() -> str:
    """Describe the API as this code serves it."""
    with tempfile.TemporaryDirectory() as folder, open_core(Settings(data_dir=Path(folder))) as core:
        return json.dumps(build_app(core, password_rounds=4).openapi(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(document())
