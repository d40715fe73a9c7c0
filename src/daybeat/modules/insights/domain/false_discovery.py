"""Who asks many questions gets some answers by luck: p values, made honest for having been asked together."""

from collections.abc import Sequence


def q_values(ps: Sequence[float]) -> tuple[float, ...]:
    """Give each p its q (Benjamini-Hochberg), in the order given.

    Of everything with q up to .05, at most a twentieth is luck in the long run; where nothing is true at all, there is
    anything with such a q in a twentieth of the cases at most.
    """
    total, least = len(ps), 1.0
    found = [1.0] * total
    for rank, place in zip(range(total, 0, -1), sorted(range(total), key=lambda at: -ps[at]), strict=True):
        least = min(least, ps[place] * total / rank)
        found[place] = least
    return tuple(found)
