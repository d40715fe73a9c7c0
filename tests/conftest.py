"""Fixtures every ring of tests can use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from daybeat.bootstrap.logs import set_up_logs
from daybeat.bootstrap.settings import Settings
from tests.support.daybeat import Daybeat, running_daybeat
from tests.support.services import separate_mode

# Whoever wants a broker says so; no other test starts one by the way.
os.environ.setdefault("DAYBEAT_MQTT_URL", "off")
set_up_logs(Settings(log_level="warning"))
settings.register_profile("daybeat", deadline=None, print_blob=True)
settings.load_profile("daybeat")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the separate mode, leave out what is about the embedded parts themselves, or about neither mode."""
    if separate_mode():
        items[:] = [item for item in items if not any(map(item.get_closest_marker, ("embedded", "once")))]


@pytest.fixture
def daybeat(tmp_path: Path) -> Iterator[Daybeat]:
    with running_daybeat(tmp_path / "data") as running:
        yield running


@pytest.fixture(scope="session")
def in_ci() -> bool:
    return os.environ.get("CI") == "true"
