"""Whose a token is, asked of the accounts' database by a process that has no other business with it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.postgresql import open_postgresql
from daybeat.infra.db.store import StoreUnavailable
from daybeat.infra.web.identity import Principal
from daybeat.kit.clock import Clock
from daybeat.modules.accounts import queries

CONNECTIONS = 2


class TokenBook:
    """Reads accounts and changes nothing; it connects when somebody asks."""

    def __init__(self, settings: Settings, secret: str, clock: Clock) -> None:
        assert settings.database_url is not None  # noqa: S101 - whoever makes one has looked
        url = settings.database_url.get_secret_value()
        self._engine = open_postgresql(url, connections=CONNECTIONS, name="daybeat collect")
        self._secret, self._clock = secret, clock
        self._threads = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="tokens")

    async def find(self, token: str) -> Principal:
        """Say who a token speaks for; StoreUnavailable while the database is away."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._find, token)

    def _find(self, token: str) -> Principal:
        try:
            with self._engine.connect() as connection:
                return queries.authenticate(connection, self._secret, token, self._clock.now())
        except (OperationalError, InterfaceError, PoolTimeout) as trouble:
            raise StoreUnavailable(retry_after=1) from trouble
