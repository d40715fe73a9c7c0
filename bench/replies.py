"""10,000 replies over MQTT while the gateway is killed 20 times and Mosquitto 3 times."""

import tempfile
from pathlib import Path

from bench.table import Figure, print_table
from tests.support.reply_run import ReplyRun

PEOPLE, REPLIES = 20, 10_000
GATEWAY_KILLS, BROKER_KILLS = 20, 3


def run() -> None:
    """Print what became of the replies."""
    with tempfile.TemporaryDirectory(prefix="daybeat-bench-") as folder:
        outcome = ReplyRun(Path(folder), people=PEOPLE, replies=REPLIES, seed=1).run(
            gateway_kills=GATEWAY_KILLS, broker_kills=BROKER_KILLS
        )
    wrong = (outcome.lost, outcome.doubled, outcome.unknown)
    pace = f"{outcome.replies:,} in {outcome.seconds:.0f} s"
    acks = ", ".join(f"{count:,} {status}" for status, count in sorted(outcome.statuses.items()))
    print_table(
        f"Replies while the gateway was killed {GATEWAY_KILLS} times and Mosquitto {BROKER_KILLS} times (SIGKILL)",
        [
            Figure("sent until acknowledged", pace),
            Figure("acks", acks),
            Figure(
                "acknowledged but lost, stored twice, stored without an ack",
                str(wrong),
                aim="0, 0, 0",
                met=not any(wrong),
            ),
        ],
    )
