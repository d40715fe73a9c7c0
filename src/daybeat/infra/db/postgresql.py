"""How Daybeat opens PostgreSQL: every commit on the disk, and nothing waited for longer than a request lasts."""

from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.pool import QueuePool

CONNECT_SECONDS = 3
STATEMENT_SECONDS = 6
IDLE_SECONDS = 8  # a process that was frozen in the middle must not keep its users' turns
_SESSION = (
    f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={STATEMENT_SECONDS}s "
    f"-c idle_in_transaction_session_timeout={IDLE_SECONDS}s -c synchronous_commit=on"
)
_CAREFUL = ("fsync", "full_page_writes")


class Careless(Exception):
    """This server may forget what it has committed, so Daybeat does not begin."""


def dialect_url(url: str) -> URL:
    """Read an address as people write it, and name the driver we use."""
    given = make_url(url.replace("postgres://", "postgresql://", 1))
    return given.set(drivername="postgresql+psycopg") if given.drivername == "postgresql" else given


def open_postgresql(url: str, *, connections: int, name: str) -> Engine:
    """Open a pool of connections; the first one is made when it is needed."""
    return create_engine(
        dialect_url(url),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=CONNECT_SECONDS,
        pool_use_lifo=True,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "application_name": name,
            "options": _SESSION,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": STATEMENT_SECONDS * 1000,
        },
    )


def check_careful(engine: Engine) -> None:
    """Refuse a server that is set up to lose commits when its machine stops."""
    with engine.connect() as connection:
        off = [each for each in _CAREFUL if connection.execute(text(f"SHOW {each}")).scalar_one() == "off"]
    if off:
        raise Careless(f"PostgreSQL runs with {' and '.join(f'{each}=off' for each in off)}: switch it on.")
