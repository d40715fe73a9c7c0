"""Bytes kept so that people can read them, and so that they can be had again to the byte."""

import base64
from collections.abc import Mapping
from typing import Any


def readable(body: bytes) -> dict[str, str]:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode()}
    # PostgreSQL keeps no NUL in JSON.
    return {"base64": base64.b64encode(body).decode()} if "\0" in text else {"text": text}


def as_bytes(kept: Mapping[str, Any]) -> bytes:
    return base64.b64decode(kept["base64"]) if "base64" in kept else str(kept["text"]).encode()
