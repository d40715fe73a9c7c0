"""How Daybeat opens MariaDB and MySQL: strict, in UTC, and nothing waited for longer than a batch lasts."""

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.pool import QueuePool

CONNECT_SECONDS = 3
ANSWER_SECONDS = 10
_SESSION = "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'"


def driver_url(url: str) -> URL:
    """Read an address as people write it, and name the driver we use."""
    given = make_url(url)
    return given.set(drivername="mysql+pymysql") if given.drivername in {"mysql", "mariadb"} else given


def open_mysql(url: str, *, connections: int) -> Engine:
    """Open a pool of connections; the first one is made when it is needed."""
    return create_engine(
        driver_url(url),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args={
            "charset": "utf8mb4",
            "connect_timeout": CONNECT_SECONDS,
            "read_timeout": ANSWER_SECONDS,
            "write_timeout": ANSWER_SECONDS,
            "init_command": _SESSION,
        },
    )
