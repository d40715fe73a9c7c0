"""A private RabbitMQ for tests, started once for all who need it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.services.rabbitmq import RabbitMQ, is_installed


@contextmanager
def private_rabbitmq(
    folder: Path, hook: str = "http://127.0.0.1:9", hook_secret: str | None = None
) -> Iterator[RabbitMQ]:
    """Start a node that asks the given Daybeat about devices; skip without the program, unless it has to be there."""
    if not is_installed():
        reason = "rabbitmq is missing: sudo apt-get install rabbitmq-server"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    node = RabbitMQ(folder, hook, hook_secret, bound=True)
    try:
        node.start()
        yield node
    finally:
        node.stop()
