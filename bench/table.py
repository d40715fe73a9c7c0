"""Figures as an aligned table: what was measured, ours beside a rival or limit, the aim, and whether it is met."""

from collections.abc import Sequence
from dataclasses import dataclass

HEAD = ("what", "ours", "rival or limit", "ratio", "aim", "met?")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. `met` None means there is no aim, the line is there to be read."""

    what: str
    ours: str
    rival: str = ""
    ratio: str = ""
    aim: str = ""
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        verdict = {True: "yes", False: "NO", None: ""}[self.met]
        return (self.what, self.ours, self.rival, self.ratio, self.aim, verdict)


def print_table(title: str, figures: Sequence[Figure], notes: Sequence[str] = ()) -> None:
    """Print the figures of one benchmark, and under them what a reader has to know to believe them."""
    rows = [HEAD, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    print(f"\n{title}")
    for number, row in enumerate(rows):
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if number == 0:
            print("  " + "  ".join("-" * width for width in widths))
    for note in notes:
        print(f"  * {note}")


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which `share` of the values lie; the nearest one, nothing is interpolated."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds(seconds: float) -> str:
    """Write a duration as people compare them."""
    return f"{seconds * 1000:.1f} ms"
