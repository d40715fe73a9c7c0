"""Reading JSON bodies strictly: small, shallow, real JSON, and nothing pydantic would bend into shape."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json
from starlette.exceptions import HTTPException

MOST_BYTES = 64 * 1024
DEEPEST = 32


class StrictRequest(Request):
    """A request whose JSON is parsed strictly: no NaN, no lone surrogates, no bottomless nesting."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            self._json = parse_json(await self.body())
        return self._json


class StrictRoute(APIRoute):
    """A route that reads its body through `StrictRequest`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return handle_strictly


def parse_json(body: bytes) -> Any:
    """Parse a body, or refuse it as a request that cannot be read. Empty means null."""
    if not body:
        return None
    try:
        value = from_json(body, allow_inf_nan=False)
        # Which of two equal names counts is up to the reader, so a body that says a thing twice is refused.
        json.loads(body, object_pairs_hook=_each_name_once)
    except (ValueError, RecursionError):
        raise _refusal("The body is not valid JSON.") from None
    if _deeper_than(value, DEEPEST):
        raise _refusal(f"The body is nested deeper than {DEEPEST} levels.")
    return value


class BodyLimit:
    """ASGI middleware that stops reading a body at the limit, whatever its headers promise.

    `larger` allows more for some path suffixes.
    """

    def __init__(self, app: Any, larger: dict[str, int]) -> None:
        self._app, self._larger = app, larger

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = next((size for end, size in self._larger.items() if scope["path"].endswith(end)), MOST_BYTES)
        seen = 0

        async def receive_limited() -> Any:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise HTTPException(413)
            return message

        await self._app(scope, receive_limited, send)


def _each_name_once(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name stands twice")


def _refusal(message: str) -> HTTPException:
    return HTTPException(422, message)


def _deeper_than(value: Any, levels: int) -> bool:
    nested: Any = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return bool(nested) and (levels == 0 or any(_deeper_than(each, levels - 1) for each in nested))
