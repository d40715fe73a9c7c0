"""The API reference at /docs and /redoc, from files of our own: no request leaves this server."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

router = APIRouter(include_in_schema=False)

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "worker-src 'self' blob:; font-src 'self' data:; frame-ancestors 'none'"
)
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Daybeat API</title>
<link rel="icon" href="/favicon.svg">
{head}
</head>
<body>{body}</body>
</html>
"""
_SWAGGER = _PAGE.format(
    head='<link rel="stylesheet" href="/docs-assets/swagger-ui.css">',
    body=(
        '<div id="api"></div><script src="/docs-assets/swagger-ui-bundle.js"></script>'
        '<script src="/docs/start.js"></script>'
    ),
)
_REDOC = _PAGE.format(
    head="<style>body{margin:0}</style>",
    body='<redoc spec-url="/openapi.json"></redoc><script src="/docs-assets/redoc.standalone.js"></script>',
)
_START = "SwaggerUIBundle({url: '/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null})\n"


@router.get("/docs")
async def swagger() -> HTMLResponse:
    return HTMLResponse(_SWAGGER, headers={"Content-Security-Policy": _POLICY})


@router.get("/docs/start.js")
async def start_swagger() -> Response:
    return Response(_START, media_type="text/javascript")


@router.get("/redoc")
async def redoc() -> HTMLResponse:
    return HTMLResponse(_REDOC, headers={"Content-Security-Policy": _POLICY})
