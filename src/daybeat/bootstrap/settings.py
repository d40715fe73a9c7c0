"""What can be set from outside, checked once at the start. Every name begins with DAYBEAT_."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from daybeat.infra.mqtt.address import parse_address

SHORTEST_SECRET = 32
FEWEST_CHARACTERS = 6  # different ones; what people type to get past a check has fewer
EXAMPLES = ("change", "secret", "example", "your", "default", "password")
PORTS = {
    "serve": 8000,
    "api": 8000,
    "relay": 8001,
    "consume": 8002,
    "mqtt": 8003,
    "collect": 8004,
    "record": 8005,
    "notify": 8006,
    "mood-sender": 5001,
    "mood-wall": 5002,
    "worker": 0,
}
"""Where each process answers unless DAYBEAT_PORT says otherwise; all of them answer about their health."""


class ConfigurationError(Exception):
    """Daybeat cannot start with these settings; the message says what to change."""


def _comma_separated(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _url_of(*schemes: str) -> Callable[[SecretStr], SecretStr]:
    """Check how an address begins; the rest is known when somebody connects. The address is not echoed."""

    def check(value: SecretStr) -> SecretStr:
        if value.get_secret_value().partition("://")[0] not in schemes:
            raise ValueError(f"an address that begins with {schemes[0]}:// is needed")
        return value

    return check


_postgresql = _url_of("postgresql", "postgres", "postgresql+psycopg")
_activity = _url_of(
    "postgresql", "postgres", "postgresql+psycopg", "mysql", "mariadb", "mysql+pymysql", "mariadb+pymysql", "sqlite"
)
_amqp = _url_of("amqp", "amqps")
_redis = _url_of("redis", "rediss")
_smtp = _url_of("smtp", "smtps")


def _broker(value: SecretStr) -> SecretStr:
    if value.get_secret_value() != "off":
        parse_address(value.get_secret_value())
    return value


class Settings(BaseSettings):
    """The settings of a Daybeat process."""

    model_config = SettingsConfigDict(env_prefix="DAYBEAT_", env_ignore_empty=True, extra="ignore")

    data_dir: Path = Path("data")
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    base_url: str | None = None
    database_url: Annotated[SecretStr, AfterValidator(_postgresql)] | None = None
    amqp_url: Annotated[SecretStr, AfterValidator(_amqp)] | None = None
    redis_url: Annotated[SecretStr, AfterValidator(_redis)] | None = None
    celery_broker_url: SecretStr | None = None
    mood_sender_url: str | None = None
    activity_database_url: Annotated[SecretStr, AfterValidator(_activity)] | None = None
    activity_anonymous: bool = False
    activity_events_per_minute: Annotated[int, Field(ge=0)] = 600_000
    activity_prefetch: Annotated[int, Field(ge=1, le=5000)] = 200
    activity_keep_days: Annotated[int, Field(ge=0)] = 0
    activity_spool_dir: Path | None = None
    activity_spool_mb: Annotated[int, Field(ge=1)] = 1024
    mqtt_url: Annotated[SecretStr, AfterValidator(_broker)] | None = None
    mqtt_port: Annotated[int, Field(ge=0, le=65535)] | None = None
    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    smtp_url: Annotated[SecretStr, AfterValidator(_smtp)] | None = None
    mail_from: str | None = None
    allow_private_targets: bool = False
    mqtt_hook_secret: Annotated[SecretStr, Field(min_length=16)] | None = None
    secret_key: SecretStr | None = None
    secret_key_file: Path | None = None
    cors_origins: Annotated[list[str], NoDecode, BeforeValidator(_comma_separated)] = []
    registration: Literal["open", "invite", "closed"] = "open"
    metrics_token: SecretStr | None = None
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def url(self) -> str:
        """Where people reach Daybeat."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def origins(self) -> tuple[str, ...]:
        """The pages that may speak for a signed-in browser, besides the page on our own host."""
        own = [self.base_url.rstrip("/")] if self.base_url else []
        return (*own, *self.cors_origins)

    @property
    def is_embedded(self) -> bool:
        return self.database_url is None

    @property
    def database_path(self) -> Path:
        return self.data_dir / "daybeat.db"

    @property
    def activity_path(self) -> Path:
        return self.data_dir / "activity.db"


def load_settings(role: str = "serve") -> Settings:
    """Read the environment for a process; one message names everything that is wrong."""
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = [f"  DAYBEAT_{str(each['loc'][0]).upper()}: {each['msg']}" for each in error.errors()]
        raise ConfigurationError("These settings cannot be used:\n" + "\n".join(wrong)) from None
    return settings if "port" in settings.model_fields_set else settings.model_copy(update={"port": PORTS[role]})


def check_parts(settings: Settings) -> None:
    """Refuse a combination of services that would lose or hide something, with the reason."""
    if settings.is_embedded and (settings.amqp_url or settings.redis_url):
        raise ConfigurationError(
            "RabbitMQ and Redis connect processes, and those need a database that many can use: set "
            "DAYBEAT_DATABASE_URL to a PostgreSQL, or unset DAYBEAT_AMQP_URL and DAYBEAT_REDIS_URL."
        )
    if not settings.is_embedded and settings.amqp_url is None:
        raise ConfigurationError(
            "On PostgreSQL facts reach their readers through RabbitMQ: set DAYBEAT_AMQP_URL, or unset "
            "DAYBEAT_DATABASE_URL to run everything in one process on SQLite."
        )


def load_secret(settings: Settings) -> str:
    """Find the secret key. Embedded, the first start makes one; separate services have to share a given one."""
    secret = _given_secret(settings)
    if secret is None and not settings.is_embedded:
        raise ConfigurationError(
            "Separate services share one secret: set DAYBEAT_SECRET_KEY or DAYBEAT_SECRET_KEY_FILE, "
            "for example to the output of `openssl rand -hex 32`."
        )
    secret = secret or _own_secret(settings.data_dir / "secret.key")
    if secret.casefold().startswith(EXAMPLES) or len(set(secret)) < FEWEST_CHARACTERS:
        raise ConfigurationError("The secret key is an example: set your own, `openssl rand -hex 32` makes one.")
    if len(secret) < SHORTEST_SECRET:
        raise ConfigurationError(f"The secret key needs at least {SHORTEST_SECRET} characters.")
    return secret


def _given_secret(settings: Settings) -> str | None:
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    if settings.secret_key_file is None:
        return None
    try:
        return settings.secret_key_file.read_text().strip()
    except OSError as error:
        raise ConfigurationError(f"DAYBEAT_SECRET_KEY_FILE cannot be read: {error.strerror}.") from None


def _own_secret(path: Path) -> str:
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_hex(32)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    return secret
