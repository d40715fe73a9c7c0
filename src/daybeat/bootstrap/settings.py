"""What can be set from outside, checked once at the start. Every name begins with DAYBEAT_."""

import os
import secrets
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from daybeat.infra.mqtt.address import parse_address

SHORTEST_SECRET = 32


class ConfigurationError(Exception):
    """Daybeat cannot start with these settings; the message says what to change."""


def _comma_separated(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


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
    database_url: str | None = None
    amqp_url: str | None = None
    redis_url: str | None = None
    mqtt_url: Annotated[SecretStr, AfterValidator(_broker)] | None = None
    mqtt_port: Annotated[int, Field(ge=0, le=65535)] | None = None
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
        return not (self.database_url or self.amqp_url or self.redis_url)

    @property
    def database_path(self) -> Path:
        return self.data_dir / "daybeat.db"


def load_settings() -> Settings:
    """Read the environment; one message names everything that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = [f"  DAYBEAT_{str(each['loc'][0]).upper()}: {each['msg']}" for each in error.errors()]
        raise ConfigurationError("These settings cannot be used:\n" + "\n".join(wrong)) from None


def load_secret(settings: Settings) -> str:
    """Find the secret key. Embedded, the first start makes one; separate services have to share a given one."""
    secret = _given_secret(settings)
    if secret is None and not settings.is_embedded:
        raise ConfigurationError(
            "Separate services share one secret: set DAYBEAT_SECRET_KEY or DAYBEAT_SECRET_KEY_FILE, "
            "for example to the output of `openssl rand -hex 32`."
        )
    secret = secret or _own_secret(settings.data_dir / "secret.key")
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
