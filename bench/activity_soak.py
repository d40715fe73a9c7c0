"""`python -m bench.activity_soak --kills 500 --events 100000`: the accounting run over activity, with its controls."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.running import scratch
from bench.table import Figure, print_table
from tests.support.activity_run.run import Plan, Report, run
from tests.support.activity_run.town import ROLES

CONTROLS: Mapping[str, tuple[str, Plan]] = {
    "unconfirmed": ("collect", Plan(0, 1, rabbitmq=3, apart=(2, 3))),
    "plain_insert": ("record", Plan(8, 1, roles=("record-1", "record-2"), apart=(0.3, 0.6))),
    "ack_first": ("record", Plan(8, 1, roles=("record-1", "record-2"), apart=(0.3, 0.6))),
}
"""Each way to break a promise: whose it is, and what is done so that it shows."""


def plan_of(kills: int, seed: int, events: int) -> Plan:
    """Share the kills out: one in twenty falls on RabbitMQ, and as many on MariaDB."""
    some = max(kills // 20, 1)
    return Plan(kills - 2 * some, seed, rabbitmq=some, mariadb=some, events=events)


def control(folder: Path, way: str) -> Report:
    """Run with one promise broken."""
    role, plan = CONTROLS[way]
    roles = {
        name: ("tests.support.activity_run.broken", way, role) if name.startswith(role) else command
        for name, command in ROLES.items()
    }
    return run(folder / way, plan, roles)


def lines(name: str, report: Report, *, clean: bool) -> list[Figure]:
    """Put a run into lines. A control is met when the check finds something."""
    done = ", ".join(f"{count} {what}" for what, count in sorted(report.done.items()))
    found = ", ".join(f"{count} {what}" for what, count in sorted(report.found.items())) or "nothing"
    return [
        Figure(f"{name}: kills", str(report.kills), done),
        Figure(f"{name}: accepted", f"{report.accepted:,}", f"{report.refused} answers were 503"),
        Figure(f"{name}: ambiguous", f"{report.unsure:,}", "may be there once, or not at all"),
        Figure(f"{name}: stored", f"{report.stored:,}"),
        Figure(f"{name}: longest request", f"{report.longest:.1f} s", "", "", "<= 10 s", report.longest <= 10),
        Figure(f"{name}: drained after", f"{report.drained:.1f} s", f"{report.seconds:.0f} s in all", "", "<= 60 s"),
        Figure(f"{name}: found wrong", found, "", "", "nothing" if clean else "caught", (not report.found) is clean),
    ]


def main() -> int:
    """Run the proof and its controls."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--events", type=int, default=0, help="go on until so many events were accepted")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-controls", action="store_true")
    asked = parser.parse_args()
    with scratch() as root:
        proof = run(root / "proof", plan_of(asked.kills, asked.seed, asked.events))
        print_table(f"Activity, everything killed under load, seed {asked.seed}", lines("daybeat", proof, clean=True))
        controls = {way: control(root, way) for way in (() if asked.no_controls else CONTROLS)}
    for way, report in controls.items():
        print_table(f"Control: {way}", lines(way, report, clean=False))
    return 0 if not proof.found and all(report.found for report in controls.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
