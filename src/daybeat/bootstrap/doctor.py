"""What Daybeat needs, checked part by part, each with what to do."""

import os
import shutil
import socket
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from daybeat.bootstrap.activity.storing import open_activity
from daybeat.bootstrap.app import page_folder
from daybeat.bootstrap.core import open_core
from daybeat.bootstrap.mqtt import SWITCHED_OFF, given_address, is_off
from daybeat.bootstrap.settings import ConfigurationError, Settings, check_parts, load_secret
from daybeat.infra.db.migrate import newest_revision
from daybeat.infra.db.sqlite import DataFolderBusy
from daybeat.infra.db.store import StoreUnavailable
from daybeat.infra.events.quarantine import count_set_aside
from daybeat.infra.mqtt.address import BrokerAddress
from daybeat.infra.mqtt.mosquitto import HOW_TO_GET_IT, find_programs
from daybeat.kit.clock import SystemClock
from daybeat.modules.activity.preparing import NotOurs
from daybeat.modules.activity.refused import count_refused

LEAST_FREE = 200 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """How one part is. `says` tells what to do when it is not well."""

    part: str
    ok: bool
    says: str


def examine(settings: Settings) -> list[Finding]:
    """Look at every part; one that cannot be looked at is a finding too."""
    try:
        check_parts(settings)
    except ConfigurationError as error:
        return [Finding("settings", ok=False, says=str(error))]
    stores = [_sqlite, _folder, _secret, _database] if settings.is_embedded else [_secret, *_services()]
    checks: list[Callable[[Settings], Finding]] = [_python, *stores, _activity, _page, _mqtt, _address]
    return [check(settings) for check in checks]


def _services() -> list[Callable[[Settings], Finding]]:
    """Give the checks of separate services; their drivers are only loaded where there are some."""
    from daybeat.bootstrap import doctor_services as services

    looks = {
        "database": services.postgresql,
        "broker": services.rabbitmq,
        "Redis": services.redis,
        "processes": services.processes,
    }
    return [partial(_look, part, look) for part, look in looks.items()]


def _look(part: str, look: Callable[[Settings], tuple[bool, str]], settings: Settings) -> Finding:
    ok, says = look(settings)
    return Finding(part, ok=ok, says=says)


def _python(_settings: Settings) -> Finding:
    return Finding("Python", ok=True, says=sys.version.split()[0])


def _sqlite(_settings: Settings) -> Finding:
    good = sqlite3.sqlite_version_info >= (3, 35)
    return Finding("SQLite", ok=good, says=f"{sqlite3.sqlite_version}" + ("" if good else "; 3.35 or newer is needed"))


def _folder(settings: Settings) -> Finding:
    folder = settings.data_dir.resolve()
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if not os.access(nearest, os.W_OK):
        return Finding("data folder", ok=False, says=f"{folder} cannot be written; set DAYBEAT_DATA_DIR to another one")
    free = shutil.disk_usage(nearest).free
    enough = free >= LEAST_FREE
    return Finding(
        "data folder", ok=enough, says=f"{folder}, {free // 2**20} MiB free" + ("" if enough else ": too little")
    )


def _secret(settings: Settings) -> Finding:
    try:
        if settings.is_embedded and not (settings.data_dir / "secret.key").exists() and settings.secret_key is None:
            return Finding("secret key", ok=True, says="will be made at the first start")
        load_secret(settings)
    except ConfigurationError as error:
        return Finding("secret key", ok=False, says=str(error))
    return Finding("secret key", ok=True, says="present")


def _database(settings: Settings) -> Finding:
    if not settings.database_path.exists():
        return Finding("database", ok=True, says="will be made at the first start")
    try:
        with open_core(settings) as core:
            broken = core.store.read_now(lambda c: c.exec_driver_sql("PRAGMA quick_check").scalar_one()) != "ok"
            waiting = core.store.read_now(count_set_aside)
    except DataFolderBusy:
        return Finding("database", ok=True, says="in use by a running Daybeat; its /health tells more")
    except ConfigurationError as error:
        return Finding("database", ok=False, says=str(error))
    if broken:
        return Finding("database", ok=False, says="damaged: restore the newest file of the backups folder")
    if waiting:
        return Finding("database", ok=False, says=f"{waiting} set aside: run `daybeat quarantine list`")
    return Finding("database", ok=True, says=f"whole, revision {newest_revision()}, nothing set aside")


def _activity(settings: Settings) -> Finding:
    """Say whether the database of events answers, and whether anything waits there for somebody."""
    if settings.is_embedded and settings.activity_database_url is None and not settings.activity_path.exists():
        return Finding("activity", ok=True, says="will be made with the first event")
    store = open_activity(settings, SystemClock())
    try:
        waiting = store.read_now(count_refused)
    except (StoreUnavailable, NotOurs) as trouble:
        return Finding("activity", ok=False, says=f"{trouble.detail} Check DAYBEAT_ACTIVITY_DATABASE_URL")
    finally:
        store.close()
    said = f"{store.engine.dialect.name}, " + (
        "nothing set aside" if not waiting else f"{waiting} set aside: see Activity"
    )
    return Finding("activity", ok=not waiting, says=said)


def _page(_settings: Settings) -> Finding:
    built = page_folder() is not None
    return Finding("page", ok=built, says="built" if built else "not built: run `make setup`")


def _mqtt(settings: Settings) -> Finding:
    if is_off(settings):
        return Finding("MQTT", ok=True, says=SWITCHED_OFF)
    given = given_address(settings)
    if given is not None:
        return _broker(given)
    programs = find_programs()
    return Finding("MQTT", ok=True, says=HOW_TO_GET_IT if programs is None else f"own broker, {programs.broker}")


def _broker(given: BrokerAddress) -> Finding:
    try:
        socket.create_connection((given.host, given.port), timeout=3).close()
    except OSError as error:
        return Finding("MQTT", ok=False, says=f"{given.public_url} does not answer: {error.strerror or error}")
    return Finding("MQTT", ok=True, says=f"{given.public_url} answers")


def _address(settings: Settings) -> Finding:
    return Finding("address", ok=True, says=settings.url)
