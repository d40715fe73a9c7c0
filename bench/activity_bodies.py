"""Bodies nobody should send, in great numbers: each is refused with a reason or becomes one row, and nothing breaks."""

import asyncio
import json
import os
from collections import Counter
from collections.abc import Coroutine
from functools import partial
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry
from sqlalchemy import func, select

from bench.running import scratch
from bench.table import Figure, print_table
from daybeat.bootstrap.activity.collecting import Entrance
from daybeat.bootstrap.core import Core, open_core
from daybeat.bootstrap.settings import Settings
from daybeat.modules.activity.collector import BATCH, TRACK
from daybeat.modules.activity.models import user_activities
from daybeat.modules.activity.sinks import TableSink

BODIES = int(os.environ.get("DAYBEAT_BODIES", "100000"))
AT_ONCE = 50
REFUSED = (413, 422)
ACCEPTED = 202

SPICES = (
    "null", "NaN", "-Infinity", "1e999", "9" * 400, "0.1", "true", '""', '"\\u0000"', '"\\ud800"', "[" * 60, "{}",
    '"2026-02-30T00:00:00Z"', '"1999-12-31T23:59:59Z"', '"2099-01-01T00:00:00Z"', '"2025-01-03T08:30:00+05:30"',
    '"' + "x" * 51 + '"', '"login "', "2147483648", "-9223372036854775809", '"\\u202e\\ud83d\\udc68"', "//", "\x00",
)  # fmt: skip
NAMES = st.sampled_from(["user_id", "event_type", "timestamp", "metadata", "event_id", "account", "received_at", "x"])
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FINE = {"user_id": 101, "event_type": "login", "timestamp": "2025-01-03T08:30:00Z", "metadata": {"source": "web"}}
ODD = st.builds(lambda changed: {**FINE, **changed}, st.dictionaries(NAMES, PLAIN, max_size=3)).map(json.dumps)
SPICED = st.builds(
    lambda text, at, spice: text[: at % len(text)] + spice + text[at % len(text) :],
    ODD,
    st.integers(0, 400),
    st.sampled_from(SPICES),
)
CUT = st.builds(lambda text, at: text[: at % (len(text) + 1)], SPICED, st.integers(0, 400))
TEXTS = (ODD | SPICED | CUT).map(lambda text: text.encode("utf-8", "surrogatepass"))
BODY = st.binary(max_size=300) | TEXTS | st.lists(TEXTS, max_size=4).map(lambda each: b"[" + b",".join(each) + b"]")
REQUEST = st.tuples(st.sampled_from([TRACK, BATCH]), BODY)


def run() -> None:
    """Send and print."""
    with scratch() as root, open_core(Settings(data_dir=root / "data", activity_anonymous=True)) as core:
        statuses = Counter[int](asyncio.run(_all(core)))
        stored = core.activity.read_now(lambda c: c.execute(select(func.count(user_activities.c.id))).scalar_one())
    broken = sum(n for status, n in statuses.items() if status not in (*REFUSED, ACCEPTED))
    lines = [
        Figure("bodies", f"{statuses.total():,}"),
        Figure("taken, refused with a reason", f"{statuses[ACCEPTED]:,}, {sum(statuses[each] for each in REFUSED):,}"),
        Figure("rows", f"{stored:,}"),
        Figure("neither taken nor refused", str(broken), "", "", "0", broken == 0),
    ]
    print_table("Activity: bodies nobody should send", lines)


async def _all(core: Core) -> list[int]:
    entrance = Entrance(core.settings, None, TableSink(core.activity), CollectorRegistry(), core.clock)
    statuses: list[int] = []
    loop = asyncio.get_running_loop()

    @settings(max_examples=BODIES // AT_ONCE, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(REQUEST, min_size=AT_ONCE, max_size=AT_ONCE))
    def send(requests: list[tuple[str, bytes]]) -> None:
        asked = (partial(_ask, entrance.endpoint, path, body) for path, body in requests)
        gathered = asyncio.run_coroutine_threadsafe(_together([each() for each in asked]), loop)
        statuses.extend(gathered.result())

    await asyncio.to_thread(send)
    return statuses


async def _together(asked: list[Coroutine[Any, Any, int]]) -> list[int]:
    return list(await asyncio.gather(*asked))


async def _ask(endpoint: Any, path: str, body: bytes) -> int:
    """Ask as a server would; an exception that gets out counts as status 0."""
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": path,
        "headers": [],
        "query_string": b"",
        "client": None,
    }
    try:
        await endpoint(scope, receive, send)
    except Exception:  # noqa: BLE001 - that is what is looked for
        return 0
    return int(said[0]["status"])
