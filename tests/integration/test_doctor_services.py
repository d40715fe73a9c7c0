"""`daybeat doctor` looks at every service, and says what to do about one that is away or set up to forget."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from daybeat.bootstrap.core import open_core
from daybeat.bootstrap.doctor import examine
from daybeat.bootstrap.settings import ConfigurationError, Settings, check_parts, load_secret
from scripts.services import postgresql
from tests.support.postgresql import private_postgresql
from tests.support.services import SECRET, services

pytestmark = pytest.mark.once
NOBODY = "127.0.0.1:9"


def findings(settings: Settings) -> dict[str, tuple[bool, str]]:
    return {each.part: (each.ok, each.says) for each in examine(settings)}


def test_every_service_is_looked_at(tmp_path: Path) -> None:
    with services().corner() as corner:
        settings = Settings(data_dir=tmp_path, **corner)  # type: ignore[arg-type]
        with open_core(settings):
            found = findings(settings)
    assert found["database"][0]
    assert "nothing set aside" in found["database"][1]
    assert found["broker"][1].startswith("RabbitMQ 3.")
    assert found["Redis"][1].startswith("Redis ")
    assert found["processes"] == (
        False,
        "not running: api, relay, consume, notify, mqtt, worker; docs/services.md tells how to start them",
    )


def test_a_service_that_is_away_is_named_with_what_to_do(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        secret_key=SecretStr(SECRET),
        database_url=SecretStr(f"postgresql://daybeat:hidden@{NOBODY}/daybeat"),
        amqp_url=SecretStr(f"amqp://daybeat:hidden@{NOBODY}/"),
        redis_url=SecretStr(f"redis://:hidden@{NOBODY}/0"),
    )
    found = findings(settings)
    for part, setting in {"database": "DATABASE", "broker": "AMQP", "Redis": "REDIS"}.items():
        ok, says = found[part]
        assert not ok
        assert f"check DAYBEAT_{setting}_URL" in says
    assert "hidden" not in str(found)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"amqp_url": "amqp://here/"}, "DAYBEAT_DATABASE_URL"),
        ({"redis_url": "redis://here/"}, "DAYBEAT_DATABASE_URL"),
        ({"database_url": "postgresql://here/daybeat"}, "DAYBEAT_AMQP_URL"),
    ],
)
def test_a_combination_that_would_lose_something_is_refused_with_the_reason(
    given: dict[str, str], reason: str, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, **{name: SecretStr(value) for name, value in given.items()})  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match=reason):
        check_parts(settings)


@pytest.mark.parametrize(
    "secret", ["change-me-to-something-long-and-random", "a" * 64, "your-secret-key-goes-here-0123"]
)
def test_a_secret_everybody_knows_is_refused(secret: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="example"):
        load_secret(Settings(data_dir=tmp_path, secret_key=SecretStr(secret)))


def test_a_database_that_may_forget_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(postgresql._SETTINGS, "full_page_writes", "off")
    with private_postgresql(tmp_path / "careless") as careless:
        settings = Settings(
            data_dir=tmp_path,
            secret_key=SecretStr(SECRET),
            database_url=SecretStr(careless.url),
            amqp_url=SecretStr(f"amqp://{NOBODY}/"),
        )
        with pytest.raises(ConfigurationError, match="full_page_writes=off"), open_core(settings):
            pass
