"""The AsyncAPI document: everything that travels without being asked for, described from the classes themselves."""

from functools import cache

from fastapi import APIRouter
from starlette.responses import JSONResponse

from daybeat import __version__
from daybeat.bootstrap import asyncapi_shapes as shapes
from daybeat.bootstrap.asyncapi_book import Book, Part, about
from daybeat.bootstrap.asyncapi_topics import devices
from daybeat.contracts.event import Event, all_events
from daybeat.infra.amqp.envelope import CONTENT_TYPE
from daybeat.infra.amqp.topology import EXCHANGE
from daybeat.modules.activity.messages import QUEUE as EVENTS
from daybeat.modules.wall.domain.messages import QUEUE

router = APIRouter(include_in_schema=False)

LIVE = "/api/v1/live"
INFO = {
    "title": "Daybeat",
    "version": __version__,
    "description": "Facts on RabbitMQ, frames on the WebSocket, topics for devices: what Daybeat tells and hears.",
    "license": {"name": "MIT"},
}
SERVERS = {
    "rabbitmq": ("amqp", "localhost:5672", "The RabbitMQ of separate services, DAYBEAT_AMQP_URL."),
    "mqtt": ("mqtt", "localhost:1883", "Daybeat's own Mosquitto, or the broker of DAYBEAT_MQTT_URL."),
    "web": ("ws", "localhost:8000", "Daybeat itself. The first frame says who you are."),
}


@router.get("/asyncapi.json")
async def asyncapi() -> JSONResponse:
    return JSONResponse(document())


@cache
def document() -> Part:
    """Write the document."""
    book = Book()
    for write in (_facts, _wall, _activity, _live, devices):
        write(book)
    return {
        "asyncapi": "3.0.0",
        "info": INFO,
        "defaultContentType": "application/json",
        "servers": {name: _server(*told) for name, told in SERVERS.items()},
        "channels": book.channels,
        "operations": book.operations,
        "components": {
            "schemas": dict(sorted(book.schemas.items())),
            "messages": book.messages,
            "securitySchemes": {"password": {"type": "userPassword"}},
        },
    }


def _server(protocol: str, host: str, about: str) -> Part:
    place = {"host": "{host}", "protocol": protocol, "description": about, "variables": {"host": {"default": host}}}
    return place if protocol == "ws" else {**place, "security": [{"$ref": "#/components/securitySchemes/password"}]}


def _facts(book: Book) -> None:
    """Describe the exchange: a routing key for each kind of event."""
    envelope = book.shape(shapes.Envelope)
    exchange = {"name": EXCHANGE, "type": "topic", "durable": True, "autoDelete": False, "vhost": "/"}
    for kind in all_events():
        book.shape(kind, without=["user_id"])
        payload = _about_one(envelope, kind, dataversion={"const": kind.version})
        bound = {"amqp": {"messageType": kind.name, "bindingVersion": "0.3.0"}}
        message = book.message(kind.name, payload, about(kind), content_type=CONTENT_TYPE, bindings=bound)
        key = {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": "0.3.0"}}
        book.channel(kind.name, "rabbitmq", [message], address=kind.name, description=about(kind), bindings=key)
        book.operation("send", kind.name, "Published after the commit, and again when nobody confirmed it.")


def _wall(book: Book) -> None:
    """Describe the queue that sender and wall share."""
    queue = {"name": QUEUE, "durable": True, "exclusive": False, "autoDelete": False, "vhost": "/"}
    bound = {"amqp": {"is": "queue", "queue": queue, "bindingVersion": "0.3.0"}}
    book.channel(QUEUE, "rabbitmq", [book.message_of(shapes.MoodMessage)], address=QUEUE, bindings=bound)
    book.operation("send", QUEUE, "The mood sender, and moods from the app whose people wanted that.")
    book.operation("receive", QUEUE, "The mood wall counts each message once, whoever sent it.")


def _activity(book: Book) -> None:
    """Describe the queue between collector and recorder, which other people's programs may write into."""
    queue = {"name": EVENTS, "durable": True, "exclusive": False, "autoDelete": False, "vhost": "/"}
    bound = {"amqp": {"is": "queue", "queue": queue, "bindingVersion": "0.3.0"}}
    book.channel(EVENTS, "rabbitmq", [book.message_of(shapes.ActivityMessage)], address=EVENTS, bindings=bound)
    book.operation("send", EVENTS, "The collector: an array of all that came together.")
    book.operation("receive", EVENTS, "The recorder stores each event once, one to a message or an array of them.")


def _live(book: Book) -> None:
    """Describe the WebSocket: one frame in, then a frame for each fact of the user."""
    frame = book.shape(shapes.Frame)
    auth, ready = book.message_of(shapes.Auth, taken=True), book.message_of(shapes.Ready)
    watch, news = book.message_of(shapes.Watch, taken=True), book.message_of(shapes.ActivityNews)
    facts = [book.message(f"live.{kind.name}", _about_one(frame, kind), about(kind)) for kind in all_events()]
    by_get = {"ws": {"method": "GET", "bindingVersion": "0.1.0"}}
    book.channel("live", "web", [auth, ready, watch, news, *facts], address=LIVE, bindings=by_get)
    book.operation("receive", "live", "Who you are, and what else you want to watch.", [auth, watch])
    heard = "Your facts, in order and without a gap; activity events to those who watch."
    book.operation("send", "live", heard, [ready, news, *facts])


def _about_one(shape: Part, kind: type[Event], **more: Part) -> Part:
    """Narrow a general shape to one kind of event."""
    data = {"$ref": f"#/components/schemas/{kind.__name__}"}
    return {"allOf": [shape, {"properties": {"type": {"const": kind.name}, "data": data, **more}}]}
