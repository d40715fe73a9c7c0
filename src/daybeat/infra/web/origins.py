"""Which pages may speak for a signed-in browser: our own, and those the settings name."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection


def is_secure(request: HTTPConnection) -> bool:
    """Tell whether the browser's side of the connection is encrypted."""
    return request.url.scheme in {"https", "wss"}


def is_own_page(request: HTTPConnection, allowed: Collection[str]) -> bool:
    """Tell whether a request comes from our own page. Programs send no Origin; browsers always do."""
    origin = request.headers.get("origin")
    if origin is None:
        return True
    return origin in allowed or urlsplit(origin).netloc == request.headers.get("host")
