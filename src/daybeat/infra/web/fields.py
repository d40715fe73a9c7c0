"""Field types that take exactly what they say: no numbers from strings, no dates from numbers, no NUL in texts."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
FIRST_YEAR, LAST_YEAR = 2000, 2199


class Body(BaseModel):
    """The base of every request body: unknown fields are refused, so that a typing error is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


def _iso_date(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError("a date looks like 2026-03-02")
    return value


def _rfc3339(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError("a time looks like 2026-03-02T08:30:00Z, with an offset")
    return value


def _plausible_day(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"the year has to be between {FIRST_YEAR} and {LAST_YEAR}")
    return day


def _plausible_instant(instant: datetime) -> datetime:
    if not FIRST_YEAR < instant.year <= LAST_YEAR:
        raise ValueError(f"the year has to be between {FIRST_YEAR + 1} and {LAST_YEAR}")
    return instant.astimezone(UTC)


def _printable(text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise ValueError("control characters are not allowed")
    return text


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("a time zone has a name like Europe/Paris")
    return name


Day = Annotated[date, BeforeValidator(_iso_date), AfterValidator(_plausible_day)]
Moment = Annotated[datetime, BeforeValidator(_rfc3339), AfterValidator(_plausible_instant)]
Whole = Annotated[int, Strict()]
Truth = Annotated[bool, Strict()]


def _not_a_bool(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("a number is needed")  # noqa: TRY004 - pydantic tells people about ValueErrors
    return value


Number = Annotated[float, BeforeValidator(_not_a_bool), Field(allow_inf_nan=False)]
Text = Annotated[str, Strict(), StringConstraints(strip_whitespace=True), AfterValidator(_printable)]
Zone = Annotated[str, Strict(), StringConstraints(max_length=64), AfterValidator(_known_zone)]


def length(most: int, least: int = 0) -> StringConstraints:
    """Limit a text to so many characters, without the white space around it."""
    return StringConstraints(min_length=least, max_length=most)
