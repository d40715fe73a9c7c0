"""What prompts take and answer over HTTP."""

import datetime as dt
import re
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from daybeat.infra.web.fields import Body, Moment, Text, Truth, Whole

_DURATION = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?")
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)
SECOND = dt.timedelta(seconds=1)


def duration_of(text: str) -> dt.timedelta:
    """Read an ISO 8601 duration of days, hours, minutes and seconds."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        raise ValueError("a duration looks like PT4H or PT30M")
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def duration_text(seconds: int) -> str:
    """Write a duration in hours, minutes and seconds."""
    hours, rest = divmod(seconds, 3600)
    parts = zip((hours, *divmod(rest, 60)), "HMS", strict=True)
    return "PT" + ("".join(f"{value}{unit}" for value, unit in parts if value) or "0S")


def _often(text: str) -> str:
    if not MINUTE <= duration_of(text) <= DAY:
        raise ValueError("Daybeat asks at most once a minute and at least once a day")
    return text


def _a_while(text: str) -> str:
    if not SECOND <= duration_of(text) <= DAY:
        raise ValueError("a follow-up comes after a second at the soonest and a day at the latest")
    return text


def _in_order(times: list[str]) -> list[str]:
    return sorted(set(times))


Every = Annotated[Text, AfterValidator(_often)]
Wait = Annotated[Text, AfterValidator(_a_while)]
TimeOfDay = Annotated[Text, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Times = Annotated[list[TimeOfDay], Field(min_length=1, max_length=24), AfterValidator(_in_order)]
Channel = Literal["page", "mqtt"]


class Quiet(Body):
    """From one time of the day to another, over midnight when the first is the later one."""

    begin: TimeOfDay = Field(alias="from")
    end: TimeOfDay = Field(alias="to")

    @model_validator(mode="after")
    def _leaves_something(self) -> Self:
        if self.begin == self.end:
            raise ValueError("quiet hours begin and end at different times; use null for none")
        return self


class PromptSettingsIn(Body):
    """Says when to be asked: every so often while awake, or at times. What is left out takes its usual value."""

    enabled: Truth = True
    every: Every | None = None
    times: Times | None = None
    quiet_hours: Quiet | None = Field(default_factory=lambda: Quiet.model_validate({"from": "22:00", "to": "08:00"}))
    follow_up_after: Wait = "PT30M"
    max_follow_ups: Annotated[Whole, Field(ge=0, le=5)] = 1
    channels: Annotated[list[Channel], Field(max_length=2)] = Field(default=["page", "mqtt"])
    paused_until: Moment | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.every and self.times:
            raise ValueError("choose either every or times")
        return self

    def wanted(self) -> dict[str, Any]:
        """Give the columns of prompt_settings."""
        every = None if self.times else duration_of(self.every or "PT4H")
        return {
            "enabled": self.enabled,
            "every_seconds": int(every.total_seconds()) if every else None,
            "times": self.times or [],
            "quiet_from": self.quiet_hours.begin if self.quiet_hours else None,
            "quiet_to": self.quiet_hours.end if self.quiet_hours else None,
            "follow_up_seconds": int(duration_of(self.follow_up_after).total_seconds()),
            "max_follow_ups": self.max_follow_ups,
            "channels": sorted(set(self.channels), reverse=True),
            "paused_until": self.paused_until,
        }


class QuietHoursOut(BaseModel):
    """Quiet hours, by the user's clock."""

    begin: str = Field(serialization_alias="from")
    end: str = Field(serialization_alias="to")


class PromptSettings(BaseModel):
    """When and where the user is asked, and how that stands.

    `resting_until` is set while Daybeat leaves the user in peace after silence; `doubted` when it asks whether to go
    on at all (POST /mood-prompts/resume).
    """

    enabled: bool
    every: str | None
    times: list[str]
    quiet_hours: QuietHoursOut | None
    follow_up_after: str
    max_follow_ups: int
    channels: list[str]
    paused_until: dt.datetime | None
    next_at: dt.datetime | None
    resting_until: dt.datetime | None
    doubted: bool


class Prompt(BaseModel):
    """A prompt: open, followed_up, answered, expired or skipped (with a reason). `link` answers without signing in."""

    id: UUID
    state: str
    question: str
    scale: list[str]
    due_at: dt.datetime
    requested: bool
    asked_at: dt.datetime | None
    expires_at: dt.datetime | None
    follow_ups: int
    answered_at: dt.datetime | None
    late: bool
    mood_id: UUID | None
    reason: str | None
    channels: list[str]
    link: str | None


class PromptList(BaseModel):
    """A page of prompts, the newest first."""

    items: list[Prompt]
    next_cursor: str | None
