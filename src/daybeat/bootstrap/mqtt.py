"""The composition root of MQTT: which broker, which doors, and what runs for them."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from daybeat.bootstrap.core import Core, calendar_of
from daybeat.bootstrap.settings import Settings
from daybeat.infra.mqtt.address import BrokerAddress, parse_address
from daybeat.infra.mqtt.figures import MqttFigures
from daybeat.infra.mqtt.mosquitto import HOW_TO_GET_IT, Mosquitto, Programs, find_programs
from daybeat.infra.mqtt.routes import Route
from daybeat.infra.wakeup import keep_going
from daybeat.modules.devices import hooks
from daybeat.modules.devices import http as devices
from daybeat.modules.devices.domain.credentials import gateway_password
from daybeat.modules.devices.door import DevicesDoor
from daybeat.modules.devices.schemas import MqttStatus, State
from daybeat.modules.habits.mqtt import set_route
from daybeat.modules.moods.door import MoodsDoor
from daybeat.modules.moods.mqtt import reply_route

if TYPE_CHECKING:
    from daybeat.infra.mqtt.gateway import Gateway
    from daybeat.infra.mqtt.mosquitto_files import KnownClient
    from daybeat.infra.mqtt.sending import Sending
    from daybeat.modules.devices.broker_rights import BrokerRights

log = structlog.get_logger()

OFF = "off"
TRY_AGAIN = 5.0  # seconds
LOOK_EVERY = 5.0
ALL_ADDRESSES = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to
SWITCHED_OFF = "MQTT is switched off: DAYBEAT_MQTT_URL is off. Unset it to use Daybeat's own Mosquitto."
ADD_A_DEVICE = "Add a device and give it the address, user name, password and client id that are shown then."
NOT_CONNECTED = "The broker does not answer right now. Daybeat goes on trying; what devices send waits with them."
ASKS_US = "This broker has no dynamic security, so it has to ask Daybeat about rights: docs/mqtt.md says how."


def doors(moods: MoodsDoor) -> Sequence[Route]:
    """List every topic devices may send to. A module that takes messages adds its door here."""
    return (reply_route(moods), set_route(calendar_of))


def add_mqtt(app: FastAPI, core: Core, registry: CollectorRegistry, prefix: str) -> None:
    """Open the doors of devices, and keep what runs for them at hand."""
    app.state.mqtt = mqtt = Mqtt(core, MqttFigures(registry))
    hook_secret = core.settings.mqtt_hook_secret
    app.state.devices = DevicesDoor(
        secret=core.secret,
        hook_secret=hook_secret.get_secret_value() if hook_secret else None,
        broker=mqtt,
        figures=mqtt.figures,
    )
    app.include_router(devices.router, prefix=prefix)
    app.include_router(hooks.router)


class Mqtt:
    """The broker of this Daybeat: its own Mosquitto, somebody else's, or none."""

    def __init__(self, core: Core, figures: MqttFigures) -> None:
        self._core, self.figures = core, figures
        given = given_address(core.settings)
        programs = find_programs() if given is None and not is_off(core.settings) else None
        self._own = own_broker(core, programs) if programs is not None else None
        self._given = given
        self._gateway: Gateway | None = None
        self._rights: BrokerRights | None = None
        self._elsewhere: Mapping[str, Any] = {}

    @cached_property
    def sending(self) -> "Sending | None":
        """What sends messages over the gateway's connection; None where there is no broker."""
        if self.ours is None:
            return None
        from daybeat.infra.mqtt.sending import Sending

        return Sending()

    @property
    def ours(self) -> BrokerAddress | None:
        """Our own credentials at the broker."""
        return self._given or (self._own.gateway_address if self._own is not None else None)

    def status(self, reached_as: str) -> MqttStatus:
        """Say how MQTT is, for somebody who reached us under this host name."""
        connected = self._connected
        return MqttStatus(
            state=self._state, url=self._url(reached_as), connected=connected, how_to=self._how_to(connected=connected)
        )

    async def watch(self) -> None:
        """Learn from the process that is at the broker how it is there."""
        await keep_going(self._look, "mqtt status")

    async def _look(self) -> None:
        from daybeat.infra.db.processes import alive

        said = await self._core.store.read(partial(alive, role="mqtt", now=self._core.clock.now()))
        self._elsewhere = next(iter(said), {})
        await asyncio.sleep(LOOK_EVERY)

    def says(self) -> Mapping[str, Any]:
        """Tell the other processes how it is at the broker."""
        return {"connected": self._connected, "by_plugin": self._by_plugin}

    def trouble(self) -> str | None:
        return None if self._connected else "The MQTT broker does not answer."

    async def run(self, doors: Sequence[Route]) -> None:
        """Keep Daybeat at its broker, whatever goes wrong on this machine."""
        while self.ours is not None:
            try:
                await self._run(doors)
            except Exception:
                log.exception("mqtt waits", seconds=TRY_AGAIN)
            await asyncio.sleep(TRY_AGAIN)

    async def _run(self, doors: Sequence[Route]) -> None:
        """Start the gateway, after the broker of our own, which also lives a little longer."""
        if self._own is None:
            await self._stay(doors)
            return
        await asyncio.to_thread(self._own.prepare)
        broker = asyncio.create_task(self._own.run(), name="mosquitto")
        try:
            await self._stay(doors)
        finally:
            broker.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await broker

    async def _stay(self, doors: Sequence[Route]) -> None:
        address = self.ours
        if address is None:
            return
        # The client library is only loaded where there is a broker.
        from daybeat.infra.mqtt.gateway import Gateway, Parts
        from daybeat.modules.devices.broker_rights import BrokerRights
        from daybeat.modules.habits.turning import Turner

        store = self._core.store
        turner = Turner(store, self._core.clock, calendar_of)
        self._rights = BrokerRights(store, self._core.secret, self._given.username if self._given else None)
        lent = () if self.sending is None else (self.sending.serve,)
        beside = (self._rights.serve, turner.serve, *lent)
        self._gateway = Gateway(Parts(store, doors, self.figures, first=(self._rights.prepare,), beside=beside))
        await self._gateway.run(address)

    @property
    def _connected(self) -> bool:
        if self._gateway is None:
            return bool(self._elsewhere.get("connected"))
        return self._gateway.connected

    @property
    def _by_plugin(self) -> bool | None:
        return self._elsewhere.get("by_plugin") if self._rights is None else self._rights.by_plugin

    @property
    def _state(self) -> State:
        return "external" if self._given is not None else "own" if self._own is not None else "off"

    def _url(self, reached_as: str) -> str | None:
        if self._given is not None:
            return self._given.public_url
        if self._own is None or not self._own.port:
            return None
        return BrokerAddress(_host_for_devices(self._core.settings, reached_as), self._own.port).public_url

    def _how_to(self, *, connected: bool) -> str:
        if self._state == "off":
            return SWITCHED_OFF if is_off(self._core.settings) else HOW_TO_GET_IT
        if not connected:
            return NOT_CONNECTED
        asks_us = self._by_plugin is False
        return f"{ADD_A_DEVICE} {ASKS_US}" if asks_us else ADD_A_DEVICE


def is_off(settings: Settings) -> bool:
    return settings.mqtt_url is not None and settings.mqtt_url.get_secret_value() == OFF


def given_address(settings: Settings) -> BrokerAddress | None:
    """Read which broker the settings name, None for our own or none at all."""
    if settings.mqtt_url is None or is_off(settings):
        return None
    return parse_address(settings.mqtt_url.get_secret_value())


def own_broker(core: Core, programs: Programs) -> Mosquitto:
    """Make ready to start a Mosquitto in the data folder."""
    return Mosquitto(
        programs,
        core.settings.data_dir / "mosquitto",
        host=core.settings.host,
        port=core.settings.mqtt_port,
        password=gateway_password(core.secret),
        known=partial(_known, core),
    )


def _known(core: Core) -> Sequence["KnownClient"]:
    from daybeat.modules.devices.broker_rights import known_clients

    return core.store.read_now(lambda connection: known_clients(connection, core.secret))


def mqtt_background(app: FastAPI) -> Callable[[], Coroutine[Any, Any, None]]:
    """Give what runs for MQTT beside the requests."""
    mqtt: Mqtt = app.state.mqtt
    return partial(mqtt.run, doors(app.state.moods))


def _host_for_devices(settings: Settings, reached_as: str) -> str:
    """Name the host as devices find it: Daybeat's own name, or the one this very request found it under."""
    if settings.base_url:
        return urlsplit(settings.base_url).hostname or reached_as
    return reached_as if settings.host in ALL_ADDRESSES else settings.host
