"""Thousands of messages while their sender is killed, then while what it needs is away for a minute each."""

import os
import time
from collections.abc import Callable

from bench.running import scratch
from bench.table import Figure, print_table
from tests.support.telling_run import Told, Town
from tests.support.telling_run import run as run_it

MESSAGES = int(os.environ.get("DAYBEAT_MESSAGES", "5000"))
KILLS = int(os.environ.get("DAYBEAT_KILLS", "100"))
AWAY = float(os.environ.get("DAYBEAT_AWAY", "60"))
MOST_DOUBLED = 0.005


def run() -> None:
    """Run and print."""
    with scratch() as root:
        killed = run_it(root / "kills", messages=MESSAGES, people=250, kills=KILLS, seed=1)
        outages = (_without("rabbitmq"), _without("redis"), _without_telegram)
        away = run_it(root / "away", messages=MESSAGES, people=250, kills=0, seed=2, outages=outages)
    lines = [*_lines(f"{KILLS} kills", killed), *_lines(f"{AWAY:g} s each without RabbitMQ, Redis, Telegram", away)]
    print_table(f"Notifications: {MESSAGES:,} messages to Telegram", lines)


def _lines(what: str, told: Told) -> list[Figure]:
    share = told.doubled / told.wanted
    return [
        Figure(f"{what}: lost", str(told.lost), "", "", "0", told.lost == 0),
        Figure(
            f"{what}: doubled", str(told.doubled), "", f"{share:.2%}", f"< {MOST_DOUBLED:.1%}", share < MOST_DOUBLED
        ),
        Figure(f"{what}: could have been doubled", str(told.uncertain), f"{told.seconds:.0f} s in all"),
        Figure(f"{what}: out of order", str(told.out_of_order), "", "", "0", told.out_of_order == 0),
    ]


def _without(name: str) -> Callable[[Town], None]:
    def outage(town: Town) -> None:
        service = getattr(town.house, name)
        service.stop()
        time.sleep(AWAY)
        service.start()

    return outage


def _without_telegram(town: Town) -> None:
    town.telegram.fails("sendMessage", 502, times=1_000_000)
    time.sleep(AWAY)
    town.telegram.works("sendMessage")
