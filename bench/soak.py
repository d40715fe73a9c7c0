"""`python -m bench.soak --kills 1000 --seed 1`: the accounting run over separate services, with its controls."""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.running import scratch
from bench.table import Figure, print_table
from tests.support.fault_proxy import Fault
from tests.support.soak.house import ROLES
from tests.support.soak.mischief import Plan
from tests.support.soak.run import Crowding, Report, soak


@dataclass(frozen=True, slots=True)
class Control:
    """A promise that is broken by some processes, while others run beside."""

    broken: tuple[str, ...]
    plan: Plan
    besides: tuple[str, ...] = ()


PATIENCE = 20.0
"""What a control lost never arrives; seconds after which it is looked at all the same."""
CONSUMERS = {"consume-1": 1, "consume-2": 1}
CONTROLS: Mapping[str, Control] = {
    "unconfirmed": Control(("relay",), Plan(2, 1, faults=8, links=("rabbitmq",), kinds=(Fault.BLACK_HOLE,))),
    "ack_first": Control(tuple(CONSUMERS), Plan(8, 1, roles=CONSUMERS, patient=True)),
    "no_receipts": Control(
        ("mood-wall",), Plan(6, 1, roles={"mood-wall": 1}, patient=True), ("mood-sender", "mood-wall")
    ),
    "two_consumers": Control(("relay", *CONSUMERS), Plan(2, 1, roles={"relay": 1})),
}
"""Each way to break a promise: who breaks it, and what is done so that it shows."""
NEEDED = ("api-1", "api-2", "relay", "consume-1", "consume-2", "notify")


def plan_of(kills: int, seed: int) -> Plan:
    """Share the kills out: most fall on processes, some on services, and links are disturbed now and then."""
    some = max(kills // 40, 1)
    services = some * 4
    return Plan(
        kills=kills - services + some // 2,
        seed=seed,
        postgresql=some,
        rabbitmq=some,
        redis=some,
        mosquitto=some,
        faults=kills // 10,
        apart=(0.2, 0.8),
    )


def lines(name: str, report: Report, *, clean: bool) -> list[Figure]:
    """Put a run into lines. A control is met when the check finds something."""
    found = ", ".join(f"{count} {what}" for what, count in sorted(report.verdict.found.items())) or "nothing"
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(report.accepted.items()))
    done = ", ".join(f"{count} {what}" for what, count in sorted(report.done.items()))
    return [
        Figure(f"{name}: kills", str(report.kills), done),
        Figure(f"{name}: accepted", f"{report.all_accepted:,}", kinds),
        Figure(f"{name}: repeated until answered", str(report.repeated), f"{report.unavailable} answers were 503"),
        Figure(f"{name}: ambiguous", str(report.ambiguous), "may be there once, or not at all"),
        Figure(f"{name}: facts in the log", f"{report.facts:,}", f"listeners came back {report.reconnects} times"),
        Figure(f"{name}: longest request", f"{report.longest:.1f} s", "", "", "<= 10 s", report.longest <= 10),
        Figure(f"{name}: drained after", f"{report.drained:.1f} s", f"{report.seconds:.0f} s in all", "", "<= 60 s"),
        Figure(
            f"{name}: found wrong", found, "", "", "nothing" if clean else "caught", report.verdict.is_clean is clean
        ),
    ]


def control(root: Path, way: str) -> Report:
    """Run with one promise broken, and with no more than it takes to see that."""
    chosen = CONTROLS[way]
    roles = {
        name: ("tests.support.soak.broken", way, name.rstrip("-12")) if name in chosen.broken else ROLES[name]
        for name in (*NEEDED, *chosen.besides)
    }
    return soak(root / way, chosen.plan, Crowding(users=4, mqtt=0, pause=0.01, arrives=PATIENCE), roles)


def main() -> int:
    """Run the proof and its controls."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--accepted", type=int, default=0, help="go on until so many commands were accepted")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-controls", action="store_true")
    asked = parser.parse_args()
    with scratch() as root:
        proof = soak(root / "proof", plan_of(asked.kills, asked.seed), Crowding(accepted=asked.accepted))
        figures = lines("daybeat", proof, clean=True)
        print_table(f"Everything killed under load, seed {asked.seed}", figures, proof.verdict.examples)
        ways = () if asked.no_controls else tuple(CONTROLS)
        controls = {way: control(root, way) for way in ways}
    for way, report in controls.items():
        print_table(f"Control: {way}", lines(way, report, clean=False), report.verdict.examples)
    caught = all(not report.verdict.is_clean for report in controls.values())
    return 0 if proof.verdict.is_clean and caught else 1


if __name__ == "__main__":
    sys.exit(main())
