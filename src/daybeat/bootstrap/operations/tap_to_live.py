"""How long a tap took to the open sockets lately, read from the buckets everybody can read under /metrics."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry

from daybeat.bootstrap.operations.schemas import Live

NAME = "daybeat_live_seconds"
LATELY = timedelta(minutes=15)
REMEMBERED_EVERY = timedelta(seconds=30)

Buckets = Sequence[tuple[float, float]]
"""Upper bound, and how many stayed at or below it."""


@dataclass(frozen=True, slots=True)
class _Seen:
    at: datetime
    buckets: Buckets


class TapToLive:
    """Remembers now and then what the buckets held, so that what happened hours ago does not colour what is now."""

    def __init__(self, registry: CollectorRegistry, started_at: datetime) -> None:
        self._registry = registry
        self._seen = deque([_Seen(started_at, ())])

    def lately(self, now: datetime) -> Live:
        """Tell of the last minutes, or of all since the process began or somebody last looked."""
        buckets = _read(self._registry)
        while len(self._seen) > 1 and self._seen[1].at <= now - LATELY:
            self._seen.popleft()
        if now - self._seen[-1].at >= REMEMBERED_EVERY:
            self._seen.append(_Seen(now, buckets))
        before = self._seen[0]
        fresh = _minus(buckets, before.buckets)
        facts = int(fresh[-1][1]) if fresh else 0
        return Live(since=before.at, facts=facts, p50=quantile(fresh, 0.5), p95=quantile(fresh, 0.95))


def quantile(buckets: Buckets, share: float) -> float | None:
    """Find the time within which this share stayed, as if each bucket were filled evenly.

    What lies beyond the last bound is given as that bound.
    """
    total = buckets[-1][1] if buckets else 0
    if not total:
        return None
    below, held = 0.0, 0.0
    for bound, count in buckets:
        if count >= share * total:
            return below if bound == float("inf") else below + (bound - below) * (share * total - held) / (count - held)
        below, held = bound, count
    return below


def _minus(buckets: Buckets, before: Buckets) -> Buckets:
    known = dict(before)
    return [(bound, count - known.get(bound, 0)) for bound, count in buckets]


def _read(registry: CollectorRegistry) -> Buckets:
    samples = (sample for metric in registry.collect() if metric.name == NAME for sample in metric.samples)
    found = [(float(each.labels["le"]), each.value) for each in samples if each.name == f"{NAME}_bucket"]
    return sorted(found)
