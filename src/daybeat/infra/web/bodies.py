"""Reading JSON bodies strictly: small, shallow, real JSON, and nothing pydantic would bend into shape."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from daybeat.infra.strict_json import NotJson, read_json

MOST_BYTES = 64 * 1024


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
    """Parse a body, or refuse it as a request that cannot be read."""
    try:
        return read_json(body)
    except NotJson as error:
        raise HTTPException(422, str(error)) from None


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
