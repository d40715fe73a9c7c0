"""The house keeps its own promises: generated pages are current, settings are documented, decisions are listed."""

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from daybeat.bootstrap.settings import ConfigurationError, Settings, load_secret
from daybeat.contracts.event import all_events
from scripts import openapi
from scripts.flows import TARGET, flows

pytestmark = pytest.mark.once


ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_flows_is_what_the_code_says() -> None:
    assert TARGET.read_text() == flows(), "run `make docs`"


def test_the_page_is_built_against_the_api_as_it_is() -> None:
    assert openapi.TARGET.read_text() == openapi.document(), "run `make docs`"


def test_every_event_is_published_by_somebody() -> None:
    silent = [event.name for event in all_events() if f"## {event.name}\n" not in flows()]
    assert not silent
    assert "published by: \n" not in flows()


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    documented = (ROOT / "docs" / "configuration.md").read_text()
    assert f"| `DAYBEAT_{name.upper()}` |" in documented


def test_every_decision_stands_in_the_index() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text()
    missing = [path.name for path in (ROOT / "docs" / "adr").glob("0*.md") if f"({path.name})" not in index]
    assert not missing


def test_separate_services_without_a_shared_secret_do_not_start(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url=SecretStr("postgresql://127.0.0.1/daybeat"))
    with pytest.raises(ConfigurationError, match="DAYBEAT_SECRET_KEY"):
        load_secret(settings)
    assert not (tmp_path / "secret.key").exists()


def test_the_first_start_makes_a_secret_only_the_owner_can_read(tmp_path: Path) -> None:
    secret = load_secret(Settings(data_dir=tmp_path))
    assert len(secret) == 64
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
    assert load_secret(Settings(data_dir=tmp_path)) == secret


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="32 characters"):
        load_secret(Settings(data_dir=tmp_path, secret_key=SecretStr("k7Hs-too-short")))


def test_nothing_heavy_is_loaded_to_serve() -> None:
    """Statistics are our own, in plain Python: a server at home has no room for the libraries of a laboratory."""
    look = "import sys, daybeat.services.serve, daybeat.bootstrap.app; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = run.stdout.split()
    assert "daybeat.modules.insights.domain.associations" in loaded
    assert not {"numpy", "pandas", "scipy", "sklearn"} & set(loaded)
