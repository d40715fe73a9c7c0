"""The schedules there are, as they are spoken of over HTTP."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from daybeat.infra.web.fields import Body, Whole

Weekday = Annotated[Whole, Field(ge=0, le=6)]


def _each_once(days: list[int]) -> list[int]:
    if len(set(days)) != len(days):
        raise ValueError("each weekday can be named once")
    return sorted(days)


class Daily(Body):
    """Every day."""

    kind: Literal["daily"]


class Weekdays(Body):
    """On these weekdays; 0 is Monday."""

    kind: Literal["weekdays"]
    days: Annotated[list[Weekday], Field(min_length=1, max_length=7), AfterValidator(_each_once)]


class EveryNDays(Body):
    """Every n days, counted from the start or from the day this was chosen."""

    kind: Literal["every_n_days"]
    n: Annotated[Whole, Field(ge=1, le=366)]


class PerWeek(Body):
    """So many days a week, whichever they are."""

    kind: Literal["per_week"]
    n: Annotated[Whole, Field(ge=1, le=7)]
    week_start: Weekday = 0


class PerMonth(Body):
    """So many days a month, whichever they are."""

    kind: Literal["per_month"]
    n: Annotated[Whole, Field(ge=1, le=31)]


class WeeklyTotal(Body):
    """The week's amounts add up to the target."""

    kind: Literal["weekly_total"]
    week_start: Weekday = 0


class Avoid(Body):
    """Something to leave alone: any check-in that is not a skip is a slip."""

    kind: Literal["avoid"]


Schedule = Annotated[
    Daily | Weekdays | EveryNDays | PerWeek | PerMonth | WeeklyTotal | Avoid, Field(discriminator="kind")
]
