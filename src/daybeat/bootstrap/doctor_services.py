"""The services of the separate mode, each looked at by itself and with what to do when it is not well."""

import asyncio
from datetime import UTC, datetime

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from daybeat.bootstrap.settings import Settings
from daybeat.infra.amqp.link import TROUBLE, connected
from daybeat.infra.db.migrate import current_revision, newest_revision
from daybeat.infra.db.postgresql import Careless, check_careful, open_postgresql
from daybeat.infra.db.processes import alive
from daybeat.infra.events.quarantine import count_set_aside

ROLES = ("api", "relay", "consume", "notify", "mqtt", "worker")
PATIENCE = 2.0  # seconds


def postgresql(settings: Settings) -> tuple[bool, str]:
    """Say whether the database answers, keeps what it commits, has our tables and nothing set aside."""
    engine = open_postgresql(_told(settings.database_url), connections=1, name="daybeat doctor")
    try:
        check_careful(engine)
        with engine.connect() as connection:
            version = connection.execute(text("SHOW server_version")).scalar_one().split()[0]
        if current_revision(engine) != newest_revision():
            return False, f"PostgreSQL {version}, not migrated: run `daybeat migrate`"
        with engine.connect() as connection:
            waiting = count_set_aside(connection)
        if waiting:
            return False, f"PostgreSQL {version}, {waiting} set aside: run `daybeat quarantine list`"
        return True, f"PostgreSQL {version}, revision {newest_revision()}, nothing set aside"
    except Careless as reason:
        return False, str(reason)
    except SQLAlchemyError as trouble:
        why = str(getattr(trouble, "orig", trouble)).strip().splitlines()[0]
        return False, f"does not answer ({why}): check DAYBEAT_DATABASE_URL and that PostgreSQL runs"
    finally:
        engine.dispose()


def rabbitmq(settings: Settings) -> tuple[bool, str]:
    """Say whether the broker lets us in."""
    try:
        version = asyncio.run(_version_of(_told(settings.amqp_url)))
    except TROUBLE as trouble:
        return False, f"does not answer ({_short(trouble)}): check DAYBEAT_AMQP_URL and that RabbitMQ runs"
    return True, f"RabbitMQ {version}"


def redis(settings: Settings) -> tuple[bool, str]:
    """Say whether Redis answers; without one some things are slower and nothing is wrong."""
    if settings.redis_url is None:
        return True, "not set: live pages elsewhere follow within two seconds, not at once"
    try:
        with Redis.from_url(_told(settings.redis_url), socket_timeout=PATIENCE) as client:
            version = client.info("server")["redis_version"]
    except (RedisError, OSError) as trouble:
        return False, f"does not answer ({_short(trouble)}): check DAYBEAT_REDIS_URL and that Redis runs"
    return True, f"Redis {version}"


def processes(settings: Settings) -> tuple[bool, str]:
    """Say which processes are there."""
    engine = open_postgresql(_told(settings.database_url), connections=1, name="daybeat doctor")
    now = datetime.now(UTC)
    try:
        with engine.connect() as connection:
            there = {role: len(alive(connection, role, now)) for role in (*ROLES, "serve")}
    except SQLAlchemyError:
        return False, "unknown while the database does not answer"
    finally:
        engine.dispose()
    if there["serve"]:
        return True, "everything in one process"
    missing = [role for role in ROLES if not there[role]]
    if missing:
        return False, f"not running: {', '.join(missing)}; docs/services.md tells how to start them"
    return True, ", ".join(f"{role} x{count}" for role, count in there.items() if count)


async def _version_of(url: str) -> str:
    async with connected(url, "daybeat doctor") as connection:
        channel = await connection.channel()
        properties = (await channel.get_underlay_channel()).connection.server_properties
    version = properties.get("version", "")
    return version.decode() if isinstance(version, bytes) else str(version)


def _told(secret: object) -> str:
    return str(secret.get_secret_value()) if hasattr(secret, "get_secret_value") else ""


def _short(trouble: BaseException) -> str:
    """Name a trouble without an address that may hold a password."""
    return type(trouble).__name__
