"""The processes that have no pages of their own: they relay, consume or speak MQTT, and answer how they are."""

from collections.abc import Callable

from fastapi import FastAPI

from daybeat.bootstrap.activity.following import following_background
from daybeat.bootstrap.background import Background, Parts
from daybeat.bootstrap.core import Core
from daybeat.bootstrap.frame import add_health, new_frame, wrap
from daybeat.bootstrap.mqtt import Mqtt, doors
from daybeat.bootstrap.presence import present
from daybeat.bootstrap.prompts import moods_door
from daybeat.bootstrap.settings import ConfigurationError
from daybeat.infra.mqtt.figures import MqttFigures


def build_relay(core: Core) -> FastAPI:
    return _build(core, "relay", lambda _app, parts: parts.relaying())


def build_consume(core: Core) -> FastAPI:
    return _build(core, "consume", lambda _app, parts: {**parts.consuming(), **following_background(core)})


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
