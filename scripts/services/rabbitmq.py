"""A private RabbitMQ with its MQTT and management plugins: a node name, a port mapper and folders of its own.

Debian's own commands run it as the user rabbitmq and in system folders; the program they wrap runs as anybody.
"""

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from scripts.services.private import LOOPBACK, Process, port_of

NAME, PACKAGES = "rabbitmq", ("rabbitmq-server",)
PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
USER, PASSWORD = "daybeat", "for-trying-out"
PLUGINS = "[rabbitmq_mqtt,rabbitmq_auth_backend_http,rabbitmq_management].\n"
ASKED = ("user", "vhost", "resource", "topic")
# Threads that wait a moment for more before they sleep halve the time a start takes, and cost next to nothing idle.
_ERLANG = "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt short +sbwtdio short"


def is_installed() -> bool:
    return PROGRAM.exists()


class RabbitMQ:
    """The service in a folder. `hook` is the Daybeat it asks about devices; its own user it knows by itself."""

    def __init__(
        self, folder: Path, hook: str = "http://127.0.0.1:8000", hook_secret: str | None = None, *, bound: bool = False
    ) -> None:
        self._folder, self._hook, self._hook_secret = folder.resolve(), hook, hook_secret
        self.amqp_port, self.mqtt_port = port_of(folder, "amqp"), port_of(folder, "mqtt")
        self.management_port = port_of(folder, "management")
        self._mapper, self._node = Process(folder, "epmd", bound=bound), Process(folder, NAME, bound=bound)

    @property
    def amqp_url(self) -> str:
        return f"amqp://{USER}:{PASSWORD}@{LOOPBACK}:{self.amqp_port}/"

    @property
    def mqtt_url(self) -> str:
        return f"mqtt://{USER}:{PASSWORD}@{LOOPBACK}:{self.mqtt_port}"

    @property
    def management_url(self) -> str:
        """The address of its own HTTP interface, for the same user."""
        return f"http://{LOOPBACK}:{self.management_port}"

    @property
    def settings(self) -> Mapping[str, str]:
        return {"DAYBEAT_AMQP_URL": self.amqp_url}

    @property
    def is_running(self) -> bool:
        return self._node.pid is not None

    def start(self) -> Mapping[str, str]:
        """Start it, and give the settings that lead to it."""
        mapper_port = port_of(self._folder, "epmd")
        if self._mapper.pid is None:
            self._mapper.start(["epmd", "-port", str(mapper_port), "-address", LOOPBACK])
            self._mapper.wait_for([mapper_port])
        if not self.is_running:
            self._write_files()
            self._node.start([str(PROGRAM)], self._environment(mapper_port))
            self._node.wait_for([self.amqp_port, self.mqtt_port, self.management_port])
        return self.settings

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it; SIGKILL leaves it no time to write anything down."""
        self._node.stop(how)
        self._mapper.stop()

    def control(self, *words: str) -> None:
        """Ask the running node for something, as `rabbitmqctl` does."""
        program = PROGRAM.with_name("rabbitmqctl")
        environment = {**os.environ, **self._environment(port_of(self._folder, "epmd"))}
        subprocess.run([str(program), *words], env=environment, check=True, capture_output=True)  # noqa: S603

    def _environment(self, mapper_port: int) -> Mapping[str, str]:
        settings = self._folder / "settings"
        return {
            "HOME": str(self._folder),
            "ERL_EPMD_PORT": str(mapper_port),
            "ERL_EPMD_ADDRESS": LOOPBACK,
            "RABBITMQ_NODENAME": f"daybeat-{self.amqp_port}@localhost",
            "RABBITMQ_DIST_PORT": str(port_of(self._folder, "dist")),
            "RABBITMQ_CONF_ENV_FILE": str(settings / "rabbitmq-env.conf"),
            "RABBITMQ_CONFIG_FILE": str(settings / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(settings / "none.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(settings / "enabled_plugins"),
            "RABBITMQ_MNESIA_BASE": str(self._folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self._folder / "log"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(self._folder / "generated"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": _ERLANG,
        }

    def _write_files(self) -> None:
        settings = self._folder / "settings"
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "rabbitmq-env.conf").write_text("")
        (settings / "enabled_plugins").write_text(PLUGINS)
        (settings / "rabbitmq.conf").write_text(self._configuration())
        cookie = self._folder / ".erlang.cookie"
        if not cookie.exists():
            with os.fdopen(os.open(cookie, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "w") as file:
                file.write(os.urandom(16).hex().upper())

    def _configuration(self) -> str:
        secret = f"?secret={self._hook_secret}" if self._hook_secret else ""
        lines = [
            f"listeners.tcp.1 = {LOOPBACK}:{self.amqp_port}",
            f"mqtt.listeners.tcp.1 = {LOOPBACK}:{self.mqtt_port}",
            "mqtt.allow_anonymous = false",
            "mqtt.prefetch = 100",
            f"management.tcp.ip = {LOOPBACK}",
            f"management.tcp.port = {self.management_port}",
            f"default_user = {USER}",
            f"default_pass = {PASSWORD}",
            "vm_memory_high_watermark.absolute = 1GB",
            "disk_free_limit.absolute = 50MB",
            "log.file.level = warning",
            "auth_backends.1 = internal",
            "auth_backends.2 = http",
            "auth_http.http_method = post",
            *(f"auth_http.{what}_path = {self._hook}/internal/mqtt/rabbitmq/{what}{secret}" for what in ASKED),
        ]
        return "\n".join(lines) + "\n"
