"""How many people have to share a mood before any of it shows: with fewer, one of them could be picked out."""

from daybeat.modules.wall.domain.messages import Kind

ENOUGH = 3


def people_missing(waiting: int) -> int:
    """Say how many more people what waits needs; 0 when nothing waits or enough do."""
    return max(0, ENOUGH - waiting) if waiting else 0


def kind_of(score: int) -> Kind | None:
    """Say what a mood of 1 to 5 counts as; the middle counts as nothing."""
    if score == 3:  # noqa: PLR2004 - the middle of the scale
        return None
    return Kind.GOOD if score > 3 else Kind.BAD  # noqa: PLR2004
