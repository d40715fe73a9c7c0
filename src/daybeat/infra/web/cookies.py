"""The cookie that keeps a browser signed in. Scripts cannot read it and other sites cannot send it."""

from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

PAGE = "web"


def from_page(request: Request) -> bool:
    """Tell whether Daybeat's own page asks; other sites cannot send this header without our leave."""
    return request.headers.get("x-daybeat-client") == PAGE


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """Over https the name binds the cookie to this very host; a plain-http home network cannot have that."""

    secure: bool

    @property
    def name(self) -> str:
        return "__Host-daybeat" if self.secure else "daybeat"

    def read(self, request: Request) -> str | None:
        return request.cookies.get(self.name)

    def set(self, response: Response, token: str, life: timedelta) -> None:
        response.set_cookie(
            self.name,
            token,
            max_age=int(life.total_seconds()),
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="strict",
        )

    def clear(self, response: Response) -> None:
        response.delete_cookie(self.name, path="/", secure=self.secure, httponly=True, samesite="strict")
