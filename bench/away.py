"""A minute without RabbitMQ, and a minute without PostgreSQL, under load."""

from bench.running import scratch
from bench.table import Figure, print_table
from tests.support.soak.house import House
from tests.support.soak.outages import FEW_ROLES, Watched, until_handled, without_postgresql, without_rabbitmq

SECONDS = 60.0
RECOVERY = 5.0


def run() -> None:
    """Measure and print."""
    with scratch() as root, House(root / "house", FEW_ROLES) as house:
        house.start()
        broker, delivered = without_rabbitmq(house, SECONDS)
        database, recovery, stored = without_postgresql(house, SECONDS)
        until_handled(house)
    accepted, refused = database.statuses[201], database.statuses[503]
    lines = [
        Figure("without RabbitMQ: answers", _told(broker), "", "", "201 only", set(broker.statuses) == {201}),
        Figure("without RabbitMQ: all handled after its return", f"{delivered:.1f} s", ""),
        Figure("without PostgreSQL: answers", _told(database), "", "", "honest", set(database.statuses) <= {201, 503}),
        Figure("without PostgreSQL: 503 without Retry-After", str(database.without_retry_after), "", "", "0"),
        Figure("without PostgreSQL: stored", f"{stored:,}", f"{accepted:,} accepted, {refused:,} refused"),
        Figure(
            "without PostgreSQL: well again after",
            f"{recovery:.1f} s",
            "",
            "",
            f"<= {RECOVERY:.0f} s",
            recovery <= RECOVERY,
        ),
    ]
    print_table("A service is away", lines, [f"{SECONDS:.0f} s each, four people without a pause"])


def _told(watched: Watched) -> str:
    answers = ", ".join(f"{count:,} x {status}" for status, count in sorted(watched.statuses.items()))
    return f"{answers}; longest {watched.longest:.1f} s"
