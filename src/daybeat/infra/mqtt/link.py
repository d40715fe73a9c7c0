"""One connection to a broker, from CONNECT to its end.

The client library runs the network in a thread of its own; everything it reports is passed on to the asyncio loop,
and nothing it reports can end its thread. A connection that ended is never used again: acknowledgements that belong
to it die with it, so that they cannot hit another message of the next connection with the same number.
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import paho.mqtt.client as paho
import structlog
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from daybeat.infra.mqtt.address import BrokerAddress
from daybeat.infra.mqtt.routes import Message

log = structlog.get_logger()

KEEPALIVE = 20
OPEN_WITHIN = 10.0
CLOSE_WITHIN = 2.0
MOST_COMING = 200  # messages the broker may send us before we acknowledge the first
MOST_GOING = 20  # the other way round; the library does not heed what the broker says, and every broker takes so many
SESSION_KEPT_FOR = 30 * 24 * 3600  # seconds
NEWEST, OLDER = paho.MQTTv5, paho.MQTTv311


class NotConnected(Exception):
    """The broker cannot be reached, refused us, or went away."""


class ProtocolRefused(NotConnected):
    """The broker does not speak this version of MQTT."""


@dataclass(frozen=True, slots=True)
class Received:
    """A message as it came, and the connection on which it wants to be acknowledged."""

    link: "Link"
    number: int
    qos: int
    topic: str
    payload: bytes
    retained: bool

    def acknowledge(self) -> None:
        if self.qos:
            self.link.acknowledge(self.number)


Receiver = Callable[[Received], None]


@dataclass(frozen=True, slots=True)
class Session:
    """Who we are to the broker; when `lasting`, it keeps what we missed under the client id."""

    client_id: str
    version: Any = NEWEST
    will: Message | None = None
    lasting: bool = True


class _Client(paho.Client):
    """The library's client, with the end of its thread made known whatever ended it."""

    def __init__(self, ended: Callable[[], None], **options: Any) -> None:
        super().__init__(CallbackAPIVersion.VERSION2, manual_ack=True, reconnect_on_failure=False, **options)
        self._ended = ended

    def loop_forever(self, timeout: float = 1.0, retry_first_connection: bool = False) -> MQTTErrorCode:  # noqa: FBT001, FBT002 - the library's signature
        try:
            return super().loop_forever(timeout, retry_first_connection)
        except Exception:
            log.exception("mqtt connection broke")
            return MQTTErrorCode.MQTT_ERR_UNKNOWN
        finally:
            self._ended()


class Link:
    """A connection; `closed` is set when it has ended, for whatever reason. Made and used on one asyncio loop."""

    def __init__(self, address: BrokerAddress, session: Session, receive: Receiver) -> None:
        self._address, self._session, self._receive = address, session, receive
        self._loop = asyncio.get_running_loop()
        self.closed = asyncio.Event()
        self._opened: asyncio.Future[bool] = self._loop.create_future()
        self._started = False
        self._listeners: dict[str, Receiver] = {}
        self._sent: dict[int, asyncio.Future[None]] = {}
        self._subscribed: dict[int, asyncio.Future[list[ReasonCode]]] = {}
        self._client = self._new_client()

    @property
    def is_newest(self) -> bool:
        """Tell whether MQTT 5 is spoken."""
        return bool(self._session.version == NEWEST)

    async def open(self) -> bool:
        """Connect; tells whether the broker still had our session. Raises NotConnected."""
        try:
            async with asyncio.timeout(OPEN_WITHIN):
                await asyncio.to_thread(self._connect)
                self._started = True
                self._client.loop_start()
                return await self._opened
        except (OSError, ValueError, TimeoutError) as error:
            raise NotConnected(str(error) or type(error).__name__) from None

    def publish(self, message: Message) -> asyncio.Future[None]:
        """Send at QoS 1; the future is done when the broker has it, and fails with NotConnected otherwise."""
        done: asyncio.Future[None] = self._loop.create_future()
        if self.closed.is_set():
            _fail(done, NotConnected("the connection ended"))
            return done
        sent = self._client.publish(message.topic, message.payload, qos=1, retain=message.retain)
        if sent.rc == MQTTErrorCode.MQTT_ERR_SUCCESS:
            self._sent[sent.mid] = done
        else:
            _fail(done, NotConnected(paho.error_string(sent.rc)))
        return done

    def acknowledge(self, number: int) -> None:
        if not self.closed.is_set():
            self._client.ack(number, 1)

    async def subscribe(self, topics: Sequence[str]) -> list[bool]:
        """Ask to hear topics at QoS 1; tells for each whether the broker agreed."""
        options = SubscribeOptions(qos=1, noLocal=True, retainAsPublished=True)
        wanted: Any = [(topic, options if self.is_newest else 1) for topic in topics]
        code, number = self._client.subscribe(wanted)
        if code or number is None:
            raise NotConnected(paho.error_string(code))
        done = self._subscribed[number] = self._loop.create_future()
        async with asyncio.timeout(OPEN_WITHIN):
            return [not reason.is_failure for reason in await done]

    def listen(self, topic: str, hear: Receiver) -> None:
        """Take what comes on one topic apart from everything else."""
        self._listeners[topic] = hear

    async def throw_out(self, client_id: str) -> None:
        """Take the place of another client for a moment: the broker lets it go, and forgets its session."""
        session = Session(client_id, self._session.version, lasting=False)
        usurper = Link(self._address, session, Received.acknowledge)
        with contextlib.suppress(NotConnected):
            await usurper.open()
        await usurper.close()

    async def close(self) -> None:
        """Say goodbye (the last will stays unsaid) and wait for the end; a broker that hangs is left alone."""
        self._client.disconnect()
        if self._started:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_WITHIN):
                    await self.closed.wait()
        self._end()

    def _new_client(self) -> _Client:
        options: dict[str, Any] = {} if self.is_newest else {"clean_session": not self._session.lasting}
        ended = self._from_thread(self._end)
        client = _Client(ended, client_id=self._session.client_id, protocol=self._session.version, **options)
        client.username_pw_set(self._address.username, self._address.password)
        client.max_inflight_messages_set(MOST_GOING)
        if self._address.encrypted:
            client.tls_set_context(ssl.create_default_context())
        if self._session.will is not None:
            client.will_set(self._session.will.topic, self._session.will.payload, 1, self._session.will.retain)
        client.on_socket_open = _send_at_once
        client.on_connect = self._from_thread(self._answered)
        client.on_publish = self._from_thread(self._was_sent)
        client.on_subscribe = self._from_thread(self._was_subscribed)
        client.on_message = self._from_thread(self._came)
        return client

    def _connect(self) -> None:
        if not self.is_newest:
            self._client.connect(self._address.host, self._address.port, KEEPALIVE)
            return
        lasting = self._session.lasting
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        properties.SessionExpiryInterval = SESSION_KEPT_FOR if lasting else 0
        properties.ReceiveMaximum = MOST_COMING
        self._client.connect(
            self._address.host, self._address.port, KEEPALIVE, clean_start=not lasting, properties=properties
        )

    def _from_thread(self, handle: Callable[..., None]) -> Callable[..., None]:
        """Carry a report over to our loop. Whatever goes wrong there, the network thread lives."""

        def report(*said: Any) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is gone, and so is whoever wanted to know
                self._loop.call_soon_threadsafe(handle, *said)

        return report

    def _answered(self, _client: Any, _data: Any, flags: Any, reason: ReasonCode, _properties: Any) -> None:
        if self._opened.done():
            return
        if reason.is_failure:
            kind = ProtocolRefused if reason.getName() == "Unsupported protocol version" else NotConnected
            self._opened.set_exception(kind(reason.getName()))
            return
        self._opened.set_result(flags.session_present)

    def _was_sent(self, _client: Any, _data: Any, number: int, reason: ReasonCode, _properties: Any) -> None:
        done = self._sent.pop(number, None)
        if done is not None and not done.done():
            if reason.is_failure:
                log.warning("mqtt broker refused a message", reason=reason.getName())
            done.set_result(None)

    def _was_subscribed(self, _client: Any, _data: Any, number: int, reasons: list[ReasonCode], _more: Any) -> None:
        done = self._subscribed.pop(number, None)
        if done is not None and not done.done():
            done.set_result(reasons)

    def _came(self, _client: Any, _data: Any, message: paho.MQTTMessage) -> None:
        try:
            topic = message.topic
        except UnicodeDecodeError:
            topic = ""
        receive = self._listeners.get(topic)
        received = Received(self, message.mid, message.qos, topic, bytes(message.payload), message.retain)
        if receive is None:
            self._receive(received)
        else:
            receive(received)
            received.acknowledge()

    def _end(self) -> None:
        if self.closed.is_set():
            return
        self.closed.set()
        # A broker that does not know our version of MQTT may hang up without a word.
        _fail(self._opened, ProtocolRefused("hung up") if self._started else NotConnected("not connected"))
        waits: list[asyncio.Future[Any]] = [*self._sent.values(), *self._subscribed.values()]
        for waiting in waits:
            _fail(waiting, NotConnected("the connection ended"))
        self._sent.clear()
        self._subscribed.clear()


def _send_at_once(_client: Any, _data: Any, plain: Any) -> None:
    """Do not hold back a small answer until the broker has confirmed the packet before it."""
    with contextlib.suppress(OSError, AttributeError):
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _fail(waiting: asyncio.Future[Any], trouble: NotConnected) -> None:
    """Give a future its failure, whether or not anybody looks at it."""
    if not waiting.done():
        waiting.set_exception(trouble)
        waiting.exception()
