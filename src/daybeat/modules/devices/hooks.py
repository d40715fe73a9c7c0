"""Where brokers without our rules ask about them: EMQX in JSON, RabbitMQ in forms. Every answer is a clear yes or no.

A broker shows the hook secret (header `X-Daybeat-Hook-Secret`, or `?secret=`). Without such a secret only this machine
may ask, and never about ourselves: what devices may do can safely be asked by whoever knows their random names.
"""

import hmac
import ipaddress
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl

import structlog
from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from daybeat.modules.devices import queries
from daybeat.modules.devices.answers import Asker
from daybeat.modules.devices.door import DevicesDoor

log = structlog.get_logger()

router = APIRouter(prefix="/internal/mqtt", include_in_schema=False)

Said = Mapping[str, Any]
Question = Callable[[Asker, Said], bool]


class _Hook:
    """One question of a broker's, whatever its body is like."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._door: DevicesDoor = request.app.state.devices

    async def answer(self, question: str, read: Callable[[bytes], Said], decide: Question) -> bool:
        """Decide; whatever cannot be read, found or understood is a no."""
        try:
            allowed = self._may_ask and await self._decided(read(await self._request.body()), decide)
        except Exception as trouble:  # noqa: BLE001 - a broker takes any other answer than a no for a maybe
            log.warning("mqtt question not understood", question=question, reason=type(trouble).__name__)
            allowed = False
        if not allowed:
            self._door.figures.denials.labels(question).inc()
        return allowed

    async def _decided(self, said: Said, decide: Question) -> bool:
        username = str(said["username"])
        row = await self._request.app.state.store.read(lambda c: queries.device_named(c, username))
        gateway = self._door.broker.ours if self._door.hook_secret is not None else None
        return decide(Asker(self._door.secret, row, gateway), said)

    @property
    def _may_ask(self) -> bool:
        wanted = self._door.hook_secret
        if wanted is None:
            return self._is_local
        shown = self._request.headers.get("x-daybeat-hook-secret") or self._request.query_params.get("secret", "")
        return hmac.compare_digest(shown.encode(), wanted.encode())

    @property
    def _is_local(self) -> bool:
        """Tell whether this machine asks; what a proxy passes on comes from elsewhere."""
        passed_on = {"x-forwarded-for", "forwarded", "x-real-ip"} & set(self._request.headers)
        client = self._request.client
        return not passed_on and client is not None and ipaddress.ip_address(client.host).is_loopback


async def _hook(request: Request) -> _Hook:
    return _Hook(request)


Hook = Annotated[_Hook, Depends(_hook)]


@router.post("/auth")
async def emqx_auth(hook: Hook) -> Response:
    """Answer EMQX whether somebody may connect."""
    return _in_json(await hook.answer("connect", _json, Asker.may_connect_to_emqx))


@router.post("/acl")
async def emqx_acl(hook: Hook) -> Response:
    """Answer EMQX whether somebody may use a topic."""
    return _in_json(await hook.answer("topic", _json, Asker.may_use_topic_at_emqx))


@router.post("/rabbitmq/user")
async def rabbitmq_user(hook: Hook) -> Response:
    """Answer RabbitMQ whether somebody may connect."""
    return _in_words(await hook.answer("connect", _form, Asker.may_connect_to_rabbitmq))


@router.post("/rabbitmq/vhost")
async def rabbitmq_vhost(hook: Hook) -> Response:
    """Answer RabbitMQ whether somebody may come into a virtual host."""
    return _in_words(await hook.answer("vhost", _form, Asker.may_enter_vhost))


@router.post("/rabbitmq/resource")
async def rabbitmq_resource(hook: Hook) -> Response:
    """Answer RabbitMQ whether somebody may use a queue or an exchange."""
    return _in_words(await hook.answer("resource", _form, Asker.may_use_resource))


@router.post("/rabbitmq/topic")
async def rabbitmq_topic(hook: Hook) -> Response:
    """Answer RabbitMQ whether somebody may use a topic."""
    return _in_words(await hook.answer("topic", _form, Asker.may_use_topic_at_rabbitmq))


def _json(body: bytes) -> Said:
    said = json.loads(body)
    if not isinstance(said, dict):
        raise TypeError
    return said


def _form(body: bytes) -> Said:
    return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=50))


def _in_json(allowed: bool) -> Response:  # noqa: FBT001 - the answer itself
    return JSONResponse({"result": "allow" if allowed else "deny"})


def _in_words(allowed: bool) -> Response:  # noqa: FBT001 - the answer itself
    return PlainTextResponse("allow" if allowed else "deny")
