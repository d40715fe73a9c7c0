"""Fixtures every ring of tests can use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.daybeat import Daybeat, running_daybeat

# Whoever wants a broker says so; no other test starts one by the way.
os.environ.setdefault("DAYBEAT_MQTT_URL", "off")
settings.register_profile("daybeat", deadline=None, print_blob=True)
settings.load_profile("daybeat")


@pytest.fixture
def daybeat(tmp_path: Path) -> Iterator[Daybeat]:
    with running_daybeat(tmp_path / "data") as running:
        yield running


@pytest.fixture(scope="session")
def in_ci() -> bool:
    return os.environ.get("CI") == "true"
