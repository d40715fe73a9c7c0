"""Every refusal as a problem document (RFC 9457). What was sent is never sent back."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from daybeat.kit.errors import DomainError, Kind

log = structlog.get_logger()

STATUS: Mapping[Kind, int] = {
    Kind.INVALID: 422,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.TOO_MANY: 429,
    Kind.UNAVAILABLE: 503,
}
TITLES = {
    400: "This request cannot be read",
    401: "Please sign in",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    409: "That does not fit what is there",
    413: "Too large",
    415: "JSON is needed",
    422: "Something is not right in what was sent",
    429: "Too many at once",
    500: "Something went wrong on our side",
    503: "Not available right now",
}


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(BaseModel):
    """A refusal: what kind, in a word and in a sentence."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None


def problem_response(
    status: int, kind: str, detail: str, *, errors: Sequence[FieldProblem] = (), retry_after: int | None = None
) -> JSONResponse:
    """Make the answer of a refusal."""
    problem = Problem(
        type=kind, title=TITLES.get(status, "Refused"), status=status, detail=detail, errors=list(errors) or None
    )
    headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}
    if status == STATUS[Kind.UNAUTHENTICATED]:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(
        problem.model_dump(exclude_none=True), status, headers=headers, media_type="application/problem+json"
    )


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe refusals in the OpenAPI document."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": TITLES[status], "content": content} for status in statuses}


def answer_with_problems(app: FastAPI) -> None:
    """Turn every way a request can fail into a problem document."""
    app.add_exception_handler(DomainError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _crashed)


def kebab(name: str) -> str:
    """Spell a class name as a problem type: `NotFound` is `not-found`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, DomainError):
        raise error
    return problem_response(
        STATUS[error.kind], kebab(type(error).__name__), error.detail, retry_after=error.retry_after
    )


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    errors = [FieldProblem(field=_path(each["loc"]), message=_words(each)) for each in error.errors()[:20]]
    return problem_response(422, "invalid-input", "Some fields cannot be accepted.", errors=errors)


async def _http(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    response = problem_response(error.status_code, "http", str(error.detail))
    response.headers.update(error.headers or {})
    return response


async def _crashed(request: Request, error: Exception) -> JSONResponse:
    log.error("request failed", path=request.url.path, exc_info=error)
    return problem_response(500, "internal", "This is our fault and has been written to the log.")


def _path(location: Sequence[Any]) -> str:
    return ".".join(str(part)[:64] for part in location).encode(errors="replace").decode()


def _words(error: Mapping[str, Any]) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    return message[:300].encode(errors="replace").decode()
