"""Messages as other people's programs send them: through another library, which gives a message no id of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import amqp

PATIENCE = 5.0
TROUBLE = (amqp.AMQPError, OSError)


class ForeignSender:
    """Puts messages into one queue, and waits until the broker has each."""

    def __init__(self, channel: amqp.Channel, queue: str) -> None:
        self._channel, self._queue = channel, queue

    def send(self, body: bytes, message_id: str | None = None) -> None:
        named = {} if message_id is None else {"message_id": message_id}
        message = amqp.Message(body, delivery_mode=2, **named)
        self._channel.basic_publish_confirm(message, routing_key=self._queue, timeout=PATIENCE)


@contextmanager
def foreign_sender(url: str, queue: str, *, declare: bool = False) -> Iterator[ForeignSender]:
    """Connect as a stranger."""
    parts = urlsplit(url)
    with amqp.Connection(
        host=f"{parts.hostname}:{parts.port}",
        userid=unquote(parts.username or "guest"),
        password=unquote(parts.password or "guest"),
        virtual_host=unquote(parts.path[1:]) or "/",
        connect_timeout=PATIENCE,
        read_timeout=PATIENCE,
        write_timeout=PATIENCE,
        confirm_publish=True,
    ) as connection:
        channel = connection.channel()
        if declare:
            channel.queue_declare(queue, durable=True, auto_delete=False)
        yield ForeignSender(channel, queue)
