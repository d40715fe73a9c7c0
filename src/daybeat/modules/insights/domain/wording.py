"""How figures are put into sentences."""

from collections.abc import Sequence
from datetime import date

from daybeat.modules.insights.domain.risk_reasons import WEEKDAYS

ONCE, TWICE = "once", "twice"


def plain(value: float) -> str:
    """Write a number as people do: 30, 2.5, 1,300."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """Write a share of 0 to 1: 92%, as browsers do in English."""
    return f"{hundredths(share)}%"


def hundredths(share: float) -> int:
    """Round a share to whole per cent, half upwards, so that what is said twice is said alike."""
    return int(share * 100 + 0.5)


def amount(value: float, unit: str | None) -> str:
    """Write an amount with its unit: 30 pages."""
    return f"{plain(value)} {unit}" if unit else plain(value)


def counted(number: int, noun: str) -> str:
    """Write a count with its noun: 1 day, 3 days."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def weekdays(numbers: Sequence[int]) -> str:
    """Name weekdays (0 Monday) in the plural: Mondays and Fridays."""
    return listed([f"{WEEKDAYS[number]}s" for number in numbers])


def day_text(day: date) -> str:
    """Write a day: 3 May 2026."""
    return f"{day.day} {day:%B %Y}"


def clock(minute: int) -> str:
    """Write a minute of the day as a clock shows it: 07:40."""
    return f"{minute // 60:02}:{minute % 60:02}"
