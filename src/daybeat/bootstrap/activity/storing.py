"""Opening the database of activity: one of its own if it is set, otherwise beside everything else."""

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from daybeat.bootstrap.settings import Settings
from daybeat.infra.db.sqlite import open_sqlite
from daybeat.kit.clock import Clock
from daybeat.modules.activity.store import ActivityStore

CONNECTIONS = 6


def open_activity(settings: Settings, clock: Clock, role: str = "tool") -> ActivityStore:
    """Open the store. Its tables are made when it is first used, so a database that is away keeps nobody waiting."""
    return ActivityStore(_engine(settings, role), clock)


def _engine(settings: Settings, role: str) -> Engine:
    given = settings.activity_database_url or settings.database_url
    if given is None:
        return open_sqlite(settings.activity_path, connections=CONNECTIONS)
    url = given.get_secret_value()
    kind = url.partition(":")[0].partition("+")[0]
    if kind == "sqlite":
        return open_sqlite(Path(make_url(url).database or "activity.db"), connections=CONNECTIONS)
    # The driver is only loaded where it is needed.
    if kind in {"mysql", "mariadb"}:
        from daybeat.infra.db.mysql import open_mysql

        return open_mysql(url, connections=CONNECTIONS)
    from daybeat.infra.db.postgresql import open_postgresql

    return open_postgresql(url, connections=CONNECTIONS, name=f"daybeat {role} activity")
