"""`python -m bench.kills --kills 30 --seed 1`: the long accounting run, with two broken Daybeats it has to catch."""

import argparse
import sys

from bench.running import scratch
from bench.table import Figure, print_table
from tests.support.kill_run import Report, kill_run

NEGATIVE = ("answer_before_commit", "no_keys")
CONTROL_KILLS = 5


def lines(name: str, report: Report, *, clean: bool) -> list[Figure]:
    """Put a run into lines. A control is met when the check finds something."""
    verdict = report.verdict
    found = ", ".join(f"{count} {what}" for what, count in sorted(verdict.found.items())) or "nothing"
    starting = f"{report.killed_while_starting} while starting, {report.seconds:.0f} s"
    return [
        Figure(f"{name}: kills", str(report.kills), starting),
        Figure(f"{name}: acknowledged", str(report.acknowledged), f"{report.repeated} of them after a repetition"),
        Figure(f"{name}: ambiguous", str(report.ambiguous), f"{report.stored_ambiguous} of them stored"),
        Figure(f"{name}: facts in the log", str(report.facts), f"{report.lived_days} days in the read model"),
        Figure(f"{name}: found wrong", found, "", "", "nothing" if clean else "caught", verdict.is_clean is clean),
    ]


def main() -> int:
    """Run the proof and its controls."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with scratch() as root:
        proof = kill_run(root / "proof" / "data", kills=asked.kills, seed=asked.seed)
        controls = {
            way: kill_run(root / way / "data", kills=CONTROL_KILLS, seed=asked.seed, ways=(way,), rebuild=False)
            for way in NEGATIVE
        }
    figures = lines("daybeat", proof, clean=True)
    for way, report in controls.items():
        figures += lines(way, report, clean=False)
    print_table(f"SIGKILL under load, seed {asked.seed}", figures, proof.verdict.examples)
    caught = all(not report.verdict.is_clean for report in controls.values())
    return 0 if proof.verdict.is_clean and caught else 1


if __name__ == "__main__":
    sys.exit(main())
