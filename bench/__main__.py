"""`python -m bench` prints every figure, `python -m bench NAME …` only these."""

import sys
from importlib import import_module

BENCHES = {
    "check_ins": "durable check-ins a second, beside one by one and beside writing nothing",
    "today": "/today with ten years of history, and one more check-in",
    "footprint": "memory, and seconds to the first answer",
    "live": "from a tap to another listener's socket",
    "taps": "from a tap in one browser to paint in another",
    "apart": "from a tap at one API to a browser at another, over RabbitMQ and Redis",
    "away": "a minute without RabbitMQ, PostgreSQL and Redis",
    "activity": "events a second over HTTP and from the queue into tables, beside the activity tracker's way",
    "activity_overload": "ten minutes of more events than can be taken: memory, refusals, recovery",
    "activity_bodies": "a hundred thousand bodies nobody should send",
    "asked": "two thousand people asked in the same minute, and kill -9 in the middle",
    "replies": "replies over MQTT under kills of gateway and broker",
    "due": "prompts that are due among a million users, and a hundred thousand reminders at nine",
    "nudges": "whether nudges that learn when to come are answered more often",
    "goals": "whether the day a goal is reached lies in the range that was foreseen",
    "insights": "insights of ten years, thirty habits and five moods a day",
    "associations": "whether what is said about moods and habits can be believed",
    "notify_kills": "five thousand messages under kills and outages",
    "telling": "a slow channel beside a quick one",
    "wall": "from a click to the wall, and one change to thousands of open walls",
    "fifty": "fifty habits of three years in a browser",
    "lighthouse": "Lighthouse on a phone, and what a visitor downloads",
}


def main(wanted: list[str]) -> int:
    """Run the benchmarks one after another; each starts a Daybeat of its own and cleans up."""
    unknown = [name for name in wanted if name not in BENCHES]
    if unknown:
        print(f"There is no benchmark {unknown[0]}. There are:")
        for name, what in BENCHES.items():
            print(f"  {name.ljust(12)} {what}")
        return 2
    for name in wanted or BENCHES:
        import_module(f"bench.{name}").run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
