"""Two thousand people asked in the same minute, over real MQTT; and the same with `kill -9` in the middle of it."""

import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bench.table import Figure, print_table
from daybeat.cli.simulation.balance import Balance
from daybeat.cli.simulation.run import live
from tests.support.disturbances import KillInTheMiddle

PEOPLE, MINUTES = 2_000, 1.2
LAG_AIM = 5.0
INTO_THE_MINUTE = (0.25, 0.45)
"""Seconds after the full minute at which the process is killed: while prompts are being put."""


def run() -> None:
    """Print both runs."""
    kill = KillInTheMiddle(*INTO_THE_MINUTE)
    with Progress(console=Console(stderr=True), disable=True) as progress:
        quiet = _lived(progress)
        killed = _lived(progress, kill)
    title = f"{PEOPLE:,} people asked in the same minute, with real MQTT clients and Mosquitto"
    print_table(title, [*_figures("", quiet), *_figures(f", {kill.kills} kill -9 meanwhile", killed)])


def _lived(progress: Progress, *disturbed: KillInTheMiddle) -> Balance:
    with tempfile.TemporaryDirectory(prefix="daybeat-bench-") as folder:
        options = {"meanwhile": disturbed[0]} if disturbed else {}
        return live(Path(folder), PEOPLE, MINUTES, seed=1, progress=progress, **options)


def _figures(how: str, balance: Balance) -> list[Figure]:
    lag = f"{balance.lag_p50:.2f} / {balance.lag_p99:.2f} / {balance.lag_most:.2f} s"
    met = balance.lag_p99 <= LAG_AIM
    wrong = f"{balance.unheard}, {balance.asked_twice}, {balance.lost}, {balance.doubled}, {balance.unanswered}"
    return [
        Figure(f"prompts asked / arrived{how}", f"{balance.asked:,} / {balance.received:,}"),
        Figure(f"lag p50 / p99 / most{how}", lag, aim="" if how else "p99 <= 5 s", met=None if how else met),
        Figure(f"unheard, asked twice, lost, doubled, without ack{how}", wrong, aim="0", met=balance.is_sound),
    ]
