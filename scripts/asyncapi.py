"""Writes docs/asyncapi.json: what Daybeat serves at /asyncapi.json."""

import json
from pathlib import Path

from daybeat.bootstrap.asyncapi import document

TARGET = Path(__file__).resolve().parent.parent / "docs" / "asyncapi.json"


def written() -> str:
    """Write the document as this code describes itself."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(written())
