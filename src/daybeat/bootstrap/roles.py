"""The processes that have no pages of their own: they relay, consume or speak MQTT, and answer how they are."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from fastapi import FastAPI

from daybeat.bootstrap.activity.following import following_background
from daybeat.bootstrap.background import Background, Parts
from daybeat.bootstrap.channels import Ways
from daybeat.bootstrap.core import Core
from daybeat.bootstrap.frame import add_health, new_frame, wrap
from daybeat.bootstrap.mqtt import Mqtt, doors, given_address
from daybeat.bootstrap.notifying import notifying_background
from daybeat.bootstrap.presence import present
from daybeat.bootstrap.prompts import moods_door
from daybeat.bootstrap.settings import ConfigurationError
from daybeat.infra.mqtt.figures import MqttFigures

if TYPE_CHECKING:
    from daybeat.infra.mqtt.sending import Sending


def build_relay(core: Core) -> FastAPI:
    return _build(core, "relay", lambda _app, parts: parts.relaying())


def build_consume(core: Core) -> FastAPI:
    return _build(core, "consume", lambda _app, parts: {**parts.consuming(), **following_background(core)})


def build_notify(core: Core) -> FastAPI:
    """Build what tells people. Where there is an MQTT broker it has a connection of its own there."""
    broker = given_address(core.settings)

    def begin(app: FastAPI, parts: Parts) -> Background:
        if broker is None:
            return {**parts.hearing_notifications(), **notifying_background(core, _ways(core), app.state.registry)}
        from daybeat.infra.mqtt.sending import Sending

        sending = Sending()
        telling = notifying_background(core, _ways(core, sending), app.state.registry)
        return {**parts.hearing_notifications(), **telling, "mqtt": partial(sending.stay, broker)}

    return _build(core, "notify", begin)


def _ways(core: Core, sending: "Sending | None" = None) -> Ways:
    return Ways(core.settings, core.secret, sending)


def build_mqtt(core: Core) -> FastAPI:
    """Build the gateway. It needs a broker somebody else runs: one of our own would end with this process."""
    if core.settings.mqtt_url is None:
        raise ConfigurationError("Set DAYBEAT_MQTT_URL to the address of your broker: mqtt://user:password@host:1883.")

    def begin(app: FastAPI, _parts: Parts) -> Background:
        mqtt = Mqtt(core, MqttFigures(app.state.registry))
        app.state.trouble, app.state.says = mqtt.trouble, mqtt.says
        return {"mqtt": lambda: mqtt.run(doors(moods_door(core)))}

    return _build(core, "mqtt", begin)


def _build(core: Core, role: str, begin: Callable[[FastAPI, Parts], Background]) -> FastAPI:
    def start(app: FastAPI) -> Background:
        parts = Parts(core, app.state.registry)
        app.state.trouble = parts.trouble
        return {**begin(app, parts), **present(app, core, role)}

    app = new_frame(f"Daybeat {role}", core.settings, start)
    app.state.store, app.state.clock, app.state.redis = core.store, core.clock, core.redis
    add_health(app)
    wrap(app)
    return app
