"""How good the forecasts of risk are, beside the simple ones they have to beat.

Rolling origin: every occurrence is foreseen from what lay before it, and only then seen.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from daybeat.modules.insights.domain.risk import ENOUGH, Forecaster
from daybeat.modules.insights.domain.risk_features import Occurrence

BINS = 10

Lived = Sequence[tuple[Occurrence, bool]]
"""One habit's closed occurrences in the order of their days, and whether each was done."""
Judged = Sequence[tuple[float, bool]]
"""Chances that were given for done, and what came."""


class Chances(NamedTuple):
    """What each way says of the same occurrence, 0 to 1 for done."""

    ours: float
    last7: float
    ewma: float
    weekday: float


@dataclass(frozen=True, slots=True)
class Scores:
    """How good forecasts were: `auc` 1 is best and .5 is chance; `brier` and `ece` 0 is best.

    `auc` is None where everything was done, or nothing: there is no order to get right.
    """

    auc: float | None
    brier: float
    ece: float


def evaluate(histories: Iterable[Lived]) -> dict[str, Scores]:
    """Score all ways of foreseeing on the same occurrences; empty where no history is long enough.

    The first occurrences of every habit, for which users are told that it is too early, are not scored.
    """
    judged: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for lived in histories:
        for chances, done in foreseen(lived):
            for name, chance in chances._asdict().items():
                judged[name].append((chance, done))
    return {name: Scores(auc(pairs), brier(pairs), ece(pairs)) for name, pairs in judged.items()}


def foreseen(lived: Lived) -> Iterator[tuple[Chances, bool]]:
    """Go through a history and tell what was expected of each occurrence, beside what came.

    `last7` is the share done of the last seven occurrences, `ewma` the level and `weekday` the weekday's rate that our
    forecasts also know.
    """
    known, lately = Forecaster(), deque[bool](maxlen=7)
    for occurrence, done in lived:
        past = known.past
        if past.closed >= ENOUGH:
            last7 = sum(lately) / len(lately)
            yield Chances(known.chance(occurrence), last7, past.level, past.rate_at(occurrence)), done
        known = known.after(occurrence, done=done)
        lately.append(done)


def auc(judged: Judged) -> float | None:
    """Give how often one that was done had the higher chance than one that was missed; the same chance is half."""
    below, won, total_done = 0, 0.0, 0
    for _, same in groupby(sorted(judged, key=itemgetter(0)), key=itemgetter(0)):
        came = [done for _, done in same]
        done, missed = sum(came), len(came) - sum(came)
        won += done * (below + missed / 2)
        below, total_done = below + missed, total_done + done
    return won / (total_done * below) if total_done and below else None


def brier(judged: Judged) -> float:
    """Give the mean squared distance between chance and outcome."""
    return sum((done - chance) ** 2 for chance, done in judged) / len(judged)


def ece(judged: Judged) -> float:
    """Give how far chances lie from what came, in ten bins of equal width, each weighed by its occurrences."""
    bins: dict[int, list[float]] = defaultdict(list)
    for chance, done in judged:
        bins[min(int(chance * BINS), BINS - 1)].append(done - chance)
    return sum(abs(sum(apart)) for apart in bins.values()) / len(judged)
